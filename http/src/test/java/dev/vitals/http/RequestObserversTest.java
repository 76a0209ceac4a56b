package dev.vitals.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.vitals.http.RequestObserver.Observation;
import dev.vitals.http.RequestObserver.Phase;
import dev.vitals.http.RequestObserver.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestObserversTest {
    private final List<String> log = new ArrayList<>();
    private final Request request = FakeRequest.get("/orders/7");

    @Test
    void theyOrderThemselvesByPhaseAndEndInReverse() {
        var observers = RequestObservers.of(
                new Recording("report", Phase.REPORT),
                new Recording("context", Phase.CONTEXT),
                new Recording("measure", Phase.MEASURE));

        var observed = observers.start(request);
        observed.enter().close();
        observed.end("/orders/{id}", 200, null);

        assertThat(log)
                .containsExactly(
                        "context starts",
                        "measure starts",
                        "report starts",
                        "context enters",
                        "measure enters",
                        "report enters",
                        "report leaves",
                        "measure leaves",
                        "context leaves",
                        "context enters",
                        "measure enters",
                        "report enters",
                        "report ends 200",
                        "measure ends 200",
                        "context ends 200",
                        "report leaves",
                        "measure leaves",
                        "context leaves");
    }

    @Test
    void onWhateverThreadItEndsTheContextStandsOnIt() throws InterruptedException {
        var current = new ThreadLocal<String>();
        var seen = new ArrayList<String>();
        var observed = RequestObservers.of(
                        new Recording("context", Phase.CONTEXT) {
                            @Override
                            public Scope enter() {
                                current.set("trace 1");
                                return current::remove;
                            }
                        },
                        new Recording("measure", Phase.MEASURE) {
                            @Override
                            public void onEnd(Outcome outcome) {
                                seen.add(current.get());
                            }
                        })
                .start(request);
        observed.enter().close();

        var another = new Thread(() -> {
            observed.end("/orders/{id}", 200, null);
            seen.add(current.get());
        });
        another.start();
        another.join();

        assertThat(seen).containsExactly("trace 1", null);
    }

    @Test
    void whereItEndsOnTheThreadThatHasEnteredTheContextIsThereAlready() throws InterruptedException {
        var observers = RequestObservers.of(new Recording("one", Phase.MEASURE));
        var observed = observers.start(request);
        Scope scope = observed.enter();
        observed.end(null, 200, null);
        scope.close();

        assertThat(log).containsExactly("one starts", "one enters", "one ends 200", "one leaves");

        log.clear();
        var endedElsewhere = observers.start(request);
        Scope here = endedElsewhere.enter();
        var another = new Thread(() -> endedElsewhere.end(null, 200, null));
        another.start();
        another.join();
        here.close();

        assertThat(log)
                .containsExactly("one starts", "one enters", "one enters", "one ends 200", "one leaves", "one leaves");
    }

    @Test
    void aRequestEndsOnce() {
        var observed = RequestObservers.of(new Recording("one", Phase.MEASURE)).start(request);

        observed.end(null, 200, null);
        observed.end(null, 500, new IllegalStateException());

        assertThat(log).containsExactly("one starts", "one enters", "one ends 200", "one leaves");
    }

    @Test
    void theOutcomeSaysHowItEnded() {
        var outcomes = new ArrayList<Outcome>();
        var error = new IllegalStateException("x");

        RequestObservers.of(new Recording("one", Phase.MEASURE) {
                    @Override
                    public void onEnd(Outcome outcome) {
                        outcomes.add(outcome);
                    }
                })
                .start(request)
                .end("/orders/{id}", 503, error);

        assertThat(outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.request()).isSameAs(request);
            assertThat(outcome.route()).isEqualTo("/orders/{id}");
            assertThat(outcome.status()).isEqualTo(503);
            assertThat(outcome.error()).isSameAs(error);
            assertThat(outcome.durationNanos()).isNotNegative();
        });
    }

    @Test
    void anObserverWithoutInterestIsNotAskedAgain() {
        var observed = RequestObservers.of(new Recording("one", Phase.MEASURE) {
                    @Override
                    public Observation onStart(Request ignored) {
                        return null;
                    }
                })
                .start(request);
        observed.enter().close();
        observed.end(null, 200, null);

        assertThat(log).isEmpty();
    }

    @Test
    void theFirstObserverToNameAHeaderHasIt() {
        var observers = RequestObservers.of(
                new Recording("measure", Phase.MEASURE) {
                    @Override
                    public Map<String, String> responseHeaders() {
                        return Map.of("X-Trace", "late", "X-Other", "1");
                    }
                },
                new Recording("context", Phase.CONTEXT) {
                    @Override
                    public Map<String, String> responseHeaders() {
                        return Map.of("X-Trace", "first");
                    }
                });

        assertThat(observers.start(request).responseHeaders())
                .containsOnly(Map.entry("X-Trace", "first"), Map.entry("X-Other", "1"));
    }

    @Test
    void aHeaderThatNoResponseCanCarryIsLeftOutAndCounted() {
        var observers = RequestObservers.of(new Recording("context", Phase.CONTEXT) {
            @Override
            public Map<String, String> responseHeaders() {
                return Map.of("X-Trace", "a\r\nSet-Cookie: x");
            }
        });

        assertThat(observers.start(request).responseHeaders()).isEmpty();
        assertThat(observers.failures()).isEqualTo(1);
    }

    private enum Place {
        START,
        HEADERS,
        ENTER,
        LEAVE,
        END
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void oneThatThrowsHarmsNobodyAndIsLeftOut(Place place) {
        var observers = RequestObservers.of(
                new Throwing(place), new Recording("after", Phase.MEASURE), new Recording("before", Phase.CONTEXT));

        assertThatCode(() -> {
                    var observed = observers.start(request);
                    assertThat(observed.responseHeaders()).isEmpty();
                    observed.enter().close();
                    observed.end(null, 200, null);
                })
                .doesNotThrowAnyException();

        assertThat(log).contains("before starts", "before leaves", "before ends 200");
        assertThat(log).contains("after starts", "after leaves", "after ends 200");
        assertThat(observers.failures()).isEqualTo(1);
    }

    @Test
    void oneThatThrewIsNotToldOfThatRequestAgain() {
        var observed = RequestObservers.of(new Throwing(Place.HEADERS)).start(request);
        observed.responseHeaders();
        observed.enter().close();
        observed.end(null, 200, null);

        assertThat(log).doesNotContain("thrower ends 200");
    }

    @Test
    void anEndIsToldWithItsKind() {
        var kinds = new ArrayList<Outcome.Kind>();
        var observers = RequestObservers.of(new Recording("one", Phase.MEASURE) {
            @Override
            public void onEnd(Outcome outcome) {
                kinds.add(outcome.kind());
            }
        });
        observers.start(request).end(null, 200, null, Outcome.Kind.ABORTED);
        observers.start(request).end(null, 200, null);

        assertThat(kinds).containsExactly(Outcome.Kind.ABORTED, Outcome.Kind.ORDINARY);
    }

    private class Recording implements RequestObserver, Observation {
        private final String name;
        private final Phase phase;

        Recording(String name, Phase phase) {
            this.name = name;
            this.phase = phase;
        }

        @Override
        public Phase phase() {
            return phase;
        }

        @Override
        public Observation onStart(Request started) {
            log.add(name + " starts");
            return this;
        }

        @Override
        public Scope enter() {
            log.add(name + " enters");
            return () -> log.add(name + " leaves");
        }

        @Override
        public void onEnd(Outcome outcome) {
            log.add(name + " ends " + outcome.status());
        }
    }

    private final class Throwing extends Recording {
        private final Place place;

        Throwing(Place place) {
            super("thrower", Phase.MEASURE);
            this.place = place;
        }

        private void throwAt(Place here) {
            if (here == place) {
                throw new AssertionError("observers must not do this");
            }
        }

        @Override
        public Observation onStart(Request started) {
            throwAt(Place.START);
            return super.onStart(started);
        }

        @Override
        public Map<String, String> responseHeaders() {
            throwAt(Place.HEADERS);
            return super.responseHeaders();
        }

        @Override
        public Scope enter() {
            throwAt(Place.ENTER);
            return () -> throwAt(Place.LEAVE);
        }

        @Override
        public void onEnd(Outcome outcome) {
            throwAt(Place.END);
            super.onEnd(outcome);
        }
    }
}
