package dev.vitals.health.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What is said at set-up, looked at. */
final class Given {
    private static final int LONGEST_NAME = 200;

    private Given() {}

    static <T> T notNull(@Nullable T given, String mend) {
        if (given == null) {
            throw new IllegalArgumentException(mend);
        }
        return given;
    }

    static Source<? extends StatefulConnection<?, ?>> own(@Nullable RedisClient client, String to) {
        RedisClient given = notNull(
                client, "the client is null: make it first, with RedisClient.create(uri), then give it to " + to);
        return new Own<>(given::connect, StatefulConnection::closeAsync);
    }

    static Source<? extends StatefulConnection<?, ?>> shared(
            @Nullable StatefulRedisConnection<?, ?> connection, String to) {
        StatefulConnection<?, ?> given = notNull(
                connection, "the connection is null: make it first, with client.connect(), then give it to " + to);
        return Source.given(given);
    }

    static String key(@Nullable String key, String what) {
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException("the " + what + " is " + (key == null ? "null" : "blank")
                    + ": give the one that the application uses");
        }
        return key;
    }

    /** A name that may stand in a key. */
    static String name(@Nullable String name, String what) {
        IntPredicate safe = c -> (c < 128 && Character.isLetterOrDigit(c)) || "._-:@".indexOf(c) >= 0;
        if (name == null
                || name.isEmpty()
                || name.length() > LONGEST_NAME
                || !name.chars().allMatch(safe)) {
            throw new IllegalArgumentException("a " + what + "'s name is 1 to " + LONGEST_NAME
                    + " letters, digits and any of . _ - : @, like \"invoices\"");
        }
        return name;
    }
}
