package dev.vitals.health.checks;

import java.net.http.HttpRequest;

/** Headers are refused without quoting their values, which the JDK does: a token would stand in the log of a failed start. */
final class Headers {
    private Headers() {}

    static HttpRequest with(HttpRequest request, String name, String value) {
        try {
            return HttpRequest.newBuilder(request, (known, any) -> true)
                    .header(name, value)
                    .build();
        } catch (IllegalArgumentException refused) {
            throw refused(name);
        }
    }

    static IllegalArgumentException refused(String name) {
        return new IllegalArgumentException(
                "the header \"" + name + "\" is refused: either its name or its value is not well"
                        + " formed (a line break at the end of a token, perhaps), or the JDK's client sets it itself");
    }
}
