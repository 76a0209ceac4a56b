package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Sends a request and reads so much of the answer, within the deadline. */
interface Exchange {
    /**
     * Sends and reads.
     *
     * @param request what to send
     * @param limit how many bytes of the body to read
     * @param keep whether anybody looks at the body
     * @param deadline how long there is
     */
    Answer send(HttpRequest request, int limit, boolean keep, Deadline deadline)
            throws IOException, InterruptedException, ExecutionException, TimeoutException;
}
