package dev.vitals.health.redis;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ObjectOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;

/**
 * A command to send.
 *
 * @param dispensable whether a run goes on without an answer: once refused, it is not asked for a while
 */
record Ask(CommandType type, List<String> args, boolean dispensable) {
    static final Ask PING = of(CommandType.PING);

    static Ask of(CommandType type, String... args) {
        return new Ask(type, List.of(args), false);
    }

    Ask orWithout() {
        return new Ask(type, args, true);
    }

    AsyncCommand<String, String, Object> command() {
        var all = new CommandArgs<>(StringCodec.UTF8);
        args.forEach(all::add);
        return new AsyncCommand<>(new Command<>(type, new ObjectOutput<>(StringCodec.UTF8), all));
    }
}
