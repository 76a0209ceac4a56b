package dev.vitals.metrics;

import dev.vitals.http.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the labels of a request but its route come to, packed into one number: a timer is found by it without a key, so
 * without allocating. From the lowest bit: method (4), scheme (2), kind (2), status (10), error (8).
 */
final class RequestCode {
    /** The error is what the status says. */
    static final int ERROR_IS_STATUS = 1;
    /** The first number for an exception's class. */
    static final int FIRST_ERROR_CLASS = 2;
    /** An exception of whatever class. */
    static final int OTHER_ERROR = 255;

    /** As many as method and scheme make together. */
    static final int BEGINNINGS = 1 << 6;

    private static final int OTHER_METHOD = 0;
    private static final int OTHER_SCHEME = 0;
    private static final int FIRST_SCHEME_BIT = 4;
    private static final int FIRST_KIND_BIT = 6;
    private static final int FIRST_STATUS_BIT = 8;
    private static final int FIRST_ERROR_BIT = 18;

    private static final List<String> METHOD_NAMES = List.of(
            BoundedLabel.OTHER,
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "CONNECT",
            "OPTIONS",
            "TRACE",
            "PATCH",
            "QUERY");
    private static final List<String> SCHEME_NAMES = List.of(BoundedLabel.OTHER, "http", "https");
    private static final List<String> KIND_NAMES = List.of("", "streaming", "aborted");
    /** By status, so that none is turned into text twice. */
    private static final List<String> STATUS_NAMES = IntStream.range(0, 600)
            .mapToObj(status -> status < 100 ? "" : Integer.toString(status))
            .toList();

    private RequestCode() {}

    static int method(@Nullable String method) {
        if (method == null) {
            return OTHER_METHOD;
        }
        return switch (method) {
            case "GET" -> 1;
            case "HEAD" -> 2;
            case "POST" -> 3;
            case "PUT" -> 4;
            case "DELETE" -> 5;
            case "CONNECT" -> 6;
            case "OPTIONS" -> 7;
            case "TRACE" -> 8;
            case "PATCH" -> 9;
            case "QUERY" -> 10;
            default -> OTHER_METHOD;
        };
    }

    static int scheme(@Nullable String scheme) {
        if (scheme == null) {
            return OTHER_SCHEME;
        }
        return switch (scheme) {
            case "http" -> 1;
            case "https" -> 2;
            default -> OTHER_SCHEME;
        };
    }

    static int kind(Outcome.Kind kind) {
        return switch (kind) {
            case ORDINARY -> 0;
            case STREAMING -> 1;
            case ABORTED -> 2;
        };
    }

    /** A status as a label has it: 0 where it is none. */
    static int status(int status) {
        return status >= 100 && status < STATUS_NAMES.size() ? status : 0;
    }

    /** What is known when a request begins. */
    static int beginning(int method, int scheme) {
        return method | scheme << FIRST_SCHEME_BIT;
    }

    static int of(int beginning, int kind, int status, int error) {
        return beginning | kind << FIRST_KIND_BIT | status << FIRST_STATUS_BIT | error << FIRST_ERROR_BIT;
    }

    static int error(int code) {
        return code >>> FIRST_ERROR_BIT;
    }

    /** The same with an error of whatever type, if there is one. */
    static int withAnyError(int code) {
        return error(code) == 0 ? code : code | OTHER_ERROR << FIRST_ERROR_BIT;
    }

    /** The same with any method and any scheme. */
    static int withAnyMethod(int code) {
        return code & -BEGINNINGS;
    }

    static String methodName(int code) {
        return METHOD_NAMES.get(code & 0xF);
    }

    static String schemeName(int code) {
        return SCHEME_NAMES.get(code >>> FIRST_SCHEME_BIT & 0x3);
    }

    static String kindName(int code) {
        return KIND_NAMES.get(code >>> FIRST_KIND_BIT & 0x3);
    }

    /** A status as it stands in a label: empty where it is none. */
    static String statusText(int status) {
        return STATUS_NAMES.get(status(status));
    }

    static String statusName(int code) {
        return STATUS_NAMES.get(code >>> FIRST_STATUS_BIT & 0x3FF);
    }
}
