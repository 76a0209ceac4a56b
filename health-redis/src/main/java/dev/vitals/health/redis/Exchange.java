package dev.vitals.health.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Commands that were sent together, in one round trip. */
final class Exchange {
    private final List<Ask> asks;
    private final List<AsyncCommand<String, String, Object>> commands = new ArrayList<>();
    private final long sentAt = System.nanoTime();
    private final CompletableFuture<Void> whole;

    private Exchange(List<Ask> asks) {
        this.asks = asks;
        asks.forEach(ask -> commands.add(ask.command()));
        whole = CompletableFuture.allOf(commands.toArray(CompletableFuture<?>[]::new));
    }

    /** Sends them. The commands bring their own codec, so that the connection may have any. */
    @SuppressWarnings("unchecked")
    static Exchange send(StatefulConnection<?, ?> connection, List<Ask> asks) {
        var exchange = new Exchange(asks);
        List<RedisCommand<String, String, ?>> all = new ArrayList<>(exchange.commands);
        var unused = ((StatefulConnection<String, String>) connection).dispatch(all);
        return exchange;
    }

    List<Ask> asks() {
        return asks;
    }

    boolean isDone() {
        return whole.isDone();
    }

    /**
     * Waits for all answers; an error reply is one.
     *
     * @throws ExecutionException if the connection broke
     */
    Answers await(long nanos) throws InterruptedException, TimeoutException, ExecutionException {
        try {
            whole.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            // Looked at one by one.
        }
        double millis = (System.nanoTime() - sentAt) / 1e6;
        Map<Ask, Answer> answers = new HashMap<>();
        for (int i = 0; i < asks.size(); i++) {
            answers.put(asks.get(i), answer(commands.get(i)));
        }
        return new Answers(answers, millis);
    }

    private static Answer answer(AsyncCommand<String, String, Object> command)
            throws InterruptedException, ExecutionException {
        try {
            return new Answer(command.get(), null);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RedisCommandExecutionException error) {
                String message = error.getMessage();
                return new Answer(null, message == null ? "" : message);
            }
            throw failure;
        }
    }

    /**
     * All answers.
     *
     * @param millis how long they took
     */
    record Answers(Map<Ask, Answer> byAsk, double millis) {
        /** The answer; one that was not asked for any more was refused before. */
        Answer to(Ask ask) {
            return byAsk.getOrDefault(ask, Answer.REFUSED);
        }
    }
}
