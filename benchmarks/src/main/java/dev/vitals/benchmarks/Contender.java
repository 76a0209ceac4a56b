package dev.vitals.benchmarks;

import java.io.IOException;

/** One library's way from what it knows to the bytes of an answer, with some checks that are always UP. */
interface Contender extends AutoCloseable {
    /** What a readiness probe of an orchestrator gets, who may know no more than it must. */
    void bare(Sink sink) throws IOException;

    /** What somebody gets who may see every check. */
    void detailed(Sink sink) throws IOException;

    @Override
    void close();
}
