package dev.vitals.examples.orders;

/** What is said when everything runs. */
final class Banner {
    private Banner() {}

    static String of(Addresses addresses, Options options) {
        String traffic = options.traffic() == 0
                ? "no traffic of its own (--traffic N)"
                : options.traffic() + " requests a second of its own";
        return """

                The order service runs, with %3$s.
                  service   POST %1$s/orders   GET %1$s/orders/{id}   GET %1$s/quotes/{symbol}
                  health    %2$s/health   /health/liveness   /health/readiness   /health/startup
                            a page in a browser, JSON to the others; /livez and /readyz too
                  metrics   %2$s/metrics
                  traces    %6$s
                  errors    %7$s
                  behind it %4$s; %5$s
                Details of the health are open to whoever reaches the management port: this is a demo on 127.0.0.1.
                A real service leaves DetailsPolicy.open() out.

                Try:
                  curl -s %1$s/orders -d '{"symbol": "ACME", "quantity": 3}'
                  curl -s %1$s/orders -d '{"symbol": "ACME", "quantity": 3, "email": "jane@acme.com"}'      look for [email] below, and for its trace_id
                  curl -si %1$s/quotes/ACME      X-Trace-Id is what a user can quote
                  curl -s -X POST -H 'X-Fault: 1' '%2$s/faults/database?on=true'
                  curl -s -w '%%{http_code}\\n' %2$s/health/readiness      503 within 3 s, and 200 again after ?on=false
                  curl -s -X POST -H 'X-Fault: 1' '%2$s/faults/errors?on=true'      every fourth request fails: see errors, above
                  curl -s %2$s/health/queue      DOWN because of the database, and so no alert of its own
                  curl -s %2$s/faults      the other faults: pool, redis, redis-memory, slow, errors, worker, pricing, maintenance
                Each change of a check is logged here, once.
                A fault ends by itself after 5 minutes. Ctrl-C stops everything and leaves nothing behind.

                """.formatted(
                        addresses.service(),
                        addresses.management(),
                        traffic,
                        addresses.database(),
                        addresses.redis(),
                        traces(options.traces()),
                        errors(addresses));
    }

    private static String errors(Addresses addresses) {
        return addresses.errors() == null
                ? "go to Sentry, scrubbed"
                : "what would be sent to Sentry, scrubbed: " + addresses.errors()
                        + "      to a real one: ./demo --sentry-dsn DSN";
    }

    private static String traces(Options.Traces traces) {
        if (traces.zipkin() != null) {
            return traces.zipkin()
                    + "/zipkin/      search by service orders, or open /zipkin/traces/ and the X-Trace-Id";
        }
        return traces.otlp() == null
                ? "only the slow and the failed ones, here in the log; all of them: ./demo --zipkin http://127.0.0.1:9411"
                : "go to " + traces.otlp() + " by OTLP";
    }
}
