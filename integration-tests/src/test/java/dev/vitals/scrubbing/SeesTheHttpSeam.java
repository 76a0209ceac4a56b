package dev.vitals.scrubbing;

import dev.vitals.http.Response;

/** Breaks the arrows, so that a test can see them broken: scrubbing sees the JDK alone. */
public final class SeesTheHttpSeam {
    /** {@return what this module must not know} */
    public Response response() {
        return Response.text(200, "");
    }
}
