package dev.vitals.http;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * How a call to another service ended.
 *
 * @param request what was asked, as the caller made it
 * @param status the HTTP status of the answer, 0 where there is none
 * @param headers the headers of the answer, empty where there is none; nothing in them is to be trusted
 * @param version the protocol's version of the answer, null where there is none
 * @param error why there is no answer, or null
 * @param durationNanos from the call to its end, its body with it, in nanoseconds
 */
public record ClientOutcome(
        HttpRequest request,
        int status,
        HttpHeaders headers,
        HttpClient.@Nullable Version version,
        @Nullable Throwable error,
        long durationNanos) {}
