package dev.vitals.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The states that benchmarks ask for: a contender each, ready to answer. */
public final class Contenders {
    private Contenders() {}

    /** What they share. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public abstract static class Ready {
        /** How many checks there are, every one of them UP. */
        @Param({"6", "200"})
        public int checks;

        private final Sink sink = new Sink();
        private Contender contender;

        abstract Contender make(int howMany) throws Exception;

        /** Makes the contender. */
        @Setup
        public void start() throws Exception {
            contender = make(checks);
        }

        /** Lets it go. */
        @TearDown
        public void stop() {
            contender.close();
        }

        int bare() throws IOException {
            contender.bare(sink.emptied());
            return sink.length();
        }

        int detailed() throws IOException {
            contender.detailed(sink.emptied());
            return sink.length();
        }
    }

    /** Vitals with no word of who may read details. */
    public static class OfVitals extends Ready {
        @Override
        Contender make(int howMany) {
            return Vitals.withDefaults(howMany);
        }
    }

    /** Vitals with a token for who may read details. */
    public static class OfVitalsWithToken extends Ready {
        @Override
        Contender make(int howMany) {
            return Vitals.withToken(howMany);
        }
    }

    /** Spring Boot Actuator. */
    public static class OfActuator extends Ready {
        @Override
        Contender make(int howMany) {
            return new Actuator(howMany);
        }
    }

    /** dropwizard-health. */
    public static class OfDropwizard extends Ready {
        @Override
        Contender make(int howMany) throws Exception {
            return new Dropwizard(howMany);
        }
    }

    /** SmallRye Health. */
    public static class OfSmallRye extends Ready {
        @Override
        Contender make(int howMany) {
            return new SmallRye(howMany);
        }
    }
}
