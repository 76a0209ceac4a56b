package dev.vitals.health.redis;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.checks.UnavailableException;
import io.lettuce.core.api.StatefulConnection;

/** Whom a check asks: one server, or a cluster. Safe for use by many threads. */
interface Probe extends AutoCloseable {
    HealthResult run(Deadline deadline, ServerReport report) throws InterruptedException, UnavailableException;

    /** Whether what is expected of one server's memory and replication makes sense here. */
    boolean ofOneServer();

    @Override
    void close();

    /** One server: PING, which decides, and INFO, which explains. */
    static Probe server(Conversation<StatefulConnection<?, ?>> conversation) {
        return new Probe() {
            @Override
            public HealthResult run(Deadline deadline, ServerReport report)
                    throws InterruptedException, UnavailableException {
                Exchange.Answers answers = conversation.ask(deadline, Ask.PING, ServerReport.INFO);
                return report.of(answers, System.nanoTime());
            }

            @Override
            public boolean ofOneServer() {
                return true;
            }

            @Override
            public void close() {
                conversation.close();
            }
        };
    }
}
