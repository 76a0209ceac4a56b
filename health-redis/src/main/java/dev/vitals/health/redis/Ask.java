package dev.vitals.health.redis;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.ObjectOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command to send.
 *
 * @param nested whether the answer is a list or a map
 * @param dispensable whether a run goes on without an answer: once refused, it is not asked for a while
 */
record Ask(CommandType type, List<String> args, boolean nested, boolean dispensable) {
    static final Ask PING = of(CommandType.PING);

    /** One whose answer is a text or a number. */
    static Ask of(CommandType type, String... args) {
        return new Ask(type, List.of(args), false, false);
    }

    /** One whose answer is a list or a map. */
    static Ask nested(CommandType type, String... args) {
        return new Ask(type, List.of(args), true, false);
    }

    Ask orWithout() {
        return new Ask(type, args, nested, true);
    }

    AsyncCommand<String, String, Object> command() {
        var all = new CommandArgs<>(StringCodec.UTF8);
        args.forEach(all::add);
        CommandOutput<String, String, Object> output = nested ? new ObjectOutput<>(StringCodec.UTF8) : new Scalar();
        return new AsyncCommand<>(new Command<>(type, output, all));
    }

    /** A text or a number. */
    private static final class Scalar extends CommandOutput<String, String, Object> {
        Scalar() {
            super(StringCodec.UTF8, null);
        }

        @Override
        public void set(@Nullable ByteBuffer bytes) {
            output = bytes == null ? null : codec.decodeValue(bytes);
        }

        @Override
        public void set(long integer) {
            output = integer;
        }
    }
}
