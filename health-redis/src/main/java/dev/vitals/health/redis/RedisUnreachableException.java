package dev.vitals.health.redis;

import java.io.IOException;

/** Nobody answered. Its message is for people, and holds no address and no credentials. */
final class RedisUnreachableException extends IOException {
    private static final long serialVersionUID = 1;

    RedisUnreachableException(String message) {
        super(message);
    }
}
