package dev.vitals.http;

import dev.vitals.http.ClientObserver.Observation;
import java.lang.System.Logger.Level;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Several observers as one: none can harm a call or another observer. Safe for use by many threads. */
final class ClientObservers {
    private static final System.Logger LOG = System.getLogger(ObservedHttpClient.class.getName());

    private final List<ClientObserver> observers;
    private final Set<Class<?>> threw = ConcurrentHashMap.newKeySet();
    private final Set<Class<?>> wantedTheImpossible = ConcurrentHashMap.newKeySet();
    private final LongAdder failures = new LongAdder();

    ClientObservers(List<ClientObserver> observers) {
        this.observers = observers;
    }

    List<ClientObserver> all() {
        return observers;
    }

    long failures() {
        return failures.sum();
    }

    ClientCall start(HttpRequest request) {
        long start = System.nanoTime();
        var observations = new Observation[observers.size()];
        for (int i = 0; i < observations.length; i++) {
            try {
                observations[i] = observers.get(i).onStart(request);
            } catch (Throwable thrown) {
                threw(i, thrown);
            }
        }
        return new ClientCall(this, request, observations, start);
    }

    // Class names only: a message may hold what the request held, and so may the name of a header.

    void threw(int i, Throwable thrown) {
        failures.increment();
        Class<?> culprit = observers.get(i).getClass();
        if (threw.add(culprit)) {
            LOG.log(
                    Level.WARNING,
                    "{0} threw {1} while watching a call; it is left out of calls in which it throws, and this is logged once",
                    culprit.getName(),
                    thrown.getClass().getName());
        }
    }

    void wantedTheImpossible(int i) {
        failures.increment();
        Class<?> culprit = observers.get(i).getClass();
        if (wantedTheImpossible.add(culprit)) {
            LOG.log(
                    Level.WARNING,
                    "{0} wants a header that the request cannot carry; it is left out, and this is logged once",
                    culprit.getName());
        }
    }
}
