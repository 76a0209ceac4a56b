package dev.vitals.tracing;

import dev.vitals.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request without a server. */
record TestRequest(
        String method,
        String path,
        String protocol,
        String scheme,
        @Nullable String query,
        @Nullable String remoteAddress,
        Map<String, List<String>> sent)
        implements Request {
    static TestRequest get(String path, String... namesAndValues) {
        return of("GET", path, namesAndValues);
    }

    static TestRequest of(String method, String path, String... namesAndValues) {
        var headers = new TreeMap<String, List<String>>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.computeIfAbsent(namesAndValues[i].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(namesAndValues[i + 1]);
        }
        return new TestRequest(method, path, "HTTP/1.1", "https", "token=never-to-be-seen", null, headers);
    }

    TestRequest over(String otherProtocol) {
        return new TestRequest(method, path, otherProtocol, scheme, query, remoteAddress, sent);
    }

    TestRequest by(String otherScheme) {
        return new TestRequest(method, path, protocol, otherScheme, query, remoteAddress, sent);
    }

    TestRequest asking(@Nullable String otherQuery) {
        return new TestRequest(method, path, protocol, scheme, otherQuery, remoteAddress, sent);
    }

    TestRequest from(@Nullable String address) {
        return new TestRequest(method, path, protocol, scheme, query, address, sent);
    }

    @Override
    public List<String> headers(String name) {
        return sent.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
