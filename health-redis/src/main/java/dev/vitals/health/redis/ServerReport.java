package dev.vitals.health.redis;

import dev.vitals.health.HealthResult;
import io.lettuce.core.protocol.CommandType;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** From the answers to PING and INFO to a result. */
final class ServerReport {
    static final Ask INFO = Ask.of(CommandType.INFO).orWithout();

    private final Settings settings;
    private final AtomicReference<@Nullable Counters> last = new AtomicReference<>();

    ServerReport(Settings settings) {
        this.settings = settings;
    }

    HealthResult of(Exchange.Answers answers, long nanos) {
        var findings = new Findings();
        Answer ping = answers.to(Ask.PING);
        Answer told = answers.to(INFO);
        Info info = Info.parse(told.text());
        judgePing(ping, info, findings);
        String product = product(info);
        findings.detail("product", product);
        findings.detail("latencyMs", Findings.tenths(answers.millis()));
        if (told.error() != null) {
            String why = told.refused() ? "not permitted" : "not told";
            findings.detail("memory", why);
            if (settings.replicationAsked()) {
                findings.detail("replication", why);
            }
            return findings.result();
        }
        judge(info, nanos, findings);
        return findings.result();
    }

    private static void judgePing(Answer ping, Info info, Findings findings) {
        String error = ping.error();
        if (error == null) {
            if (!"PONG".equalsIgnoreCase(ping.text())) {
                findings.down("the answer to PING is not PONG");
            }
        } else if (error.startsWith("LOADING")) {
            long left = info.number("loading_eta_seconds");
            if (left >= 0) {
                findings.measure("loading.remaining", "s", left);
            }
            findings.down(RedisFailures.ofError(error) + (left >= 0 ? ", " + Findings.count(left) + " s left" : ""));
        } else if (error.startsWith("MISCONF")) {
            // The server answers and may be read: it says so to PING as well, so that somebody looks.
            findings.degraded(RedisFailures.ofError(error));
        } else {
            findings.down(error.startsWith("NOPERM") ? "the user may not PING" : RedisFailures.ofError(error));
        }
    }

    private void judge(Info info, long nanos, Findings findings) {
        Memory memory = Memory.of(info);
        if (memory != null) {
            memory.judge(settings, findings);
        }
        Persistence.judge(info, findings);
        Replication replication = Replication.of(info);
        if (replication != null) {
            replication.judge(settings, findings);
        }
        long clients = info.number("connected_clients");
        if (clients >= 0) {
            findings.detail("connectedClients", clients);
            findings.measure("clients.connected", "{client}", clients);
        }
        Counters now = Counters.of(info, nanos);
        Counters.Rates rates = now.since(last.getAndSet(now));
        if (rates != null) {
            rates.judge(settings, findings);
        }
    }

    private static @Nullable String product(Info info) {
        String valkey = info.text("valkey_version");
        if (valkey != null) {
            return "Valkey " + valkey;
        }
        String redis = info.text("redis_version");
        return redis == null ? null : "Redis " + redis;
    }
}
