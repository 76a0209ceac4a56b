package dev.vitals.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.vitals.http.ManagementServer;
import dev.vitals.metrics.MetricsEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What 16 scrapers that come together cost beside one, through the real management server: the processor time of its
 * threads, and what they allocate. The scrapers are threads of the same JVM, and not in it.
 */
final class Scrapers {
    private static final int SCRAPERS = 16;
    /** Longer than a rendering is given out. */
    private static final long BETWEEN_MILLIS = 150;

    private static final String THREADS_OF_THE_SERVER = "vitals-management-";

    private record Cost(double bytes, double nanos) {
        Cost minus(Cost before) {
            return new Cost(bytes - before.bytes, nanos - before.nanos);
        }

        Cost plus(Cost other) {
            return new Cost(bytes + other.bytes, nanos + other.nanos);
        }
    }

    private Scrapers() {}

    /** Measures three sizes, or those that are given. */
    public static void main(String[] arguments) throws Exception {
        int[] sizes = arguments.length == 0
                ? new int[] {1_000, 10_000, 50_000}
                : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        for (int series : sizes) {
            measure(series, 60, System.out);
        }
    }

    static void measure(int series, int rounds, PrintStream out) throws Exception {
        // As Prometheus does, each scraper keeps its connection; the JDK's client keeps five unless told otherwise.
        System.setProperty("http.maxConnections", Integer.toString(SCRAPERS));
        ExecutorService scrapers = Executors.newFixedThreadPool(SCRAPERS);
        try (ManagementServer server = ManagementServer.builder()
                .port(0)
                .endpoint(MetricsEndpoint.of(ManySeries.histograms(series)))
                .start()) {
            for (boolean gzip : new boolean[] {false, true}) {
                Callable<Integer> scrape = () -> scrape(server.url() + "/metrics", gzip);
                var one = new Cost(0, 0);
                var many = new Cost(0, 0);
                for (int round = -rounds / 2; round < rounds; round++) {
                    Cost ofOne = round(scrapers, scrape, 1);
                    Cost ofMany = round(scrapers, scrape, SCRAPERS);
                    one = round < 0 ? one : one.plus(ofOne);
                    many = round < 0 ? many : many.plus(ofMany);
                }
                print(out, series, gzip, rounds, one, many);
            }
        } finally {
            scrapers.shutdownNow();
        }
    }

    private static Cost round(ExecutorService threads, Callable<Integer> scrape, int scrapers) throws Exception {
        Thread.sleep(BETWEEN_MILLIS);
        Cost before = spent();
        var bodies = new ArrayList<Future<Integer>>();
        for (int i = 0; i < scrapers; i++) {
            bodies.add(threads.submit(scrape));
        }
        for (Future<Integer> body : bodies) {
            if (body.get() == 0) {
                throw new IllegalStateException("a scrape was empty");
            }
        }
        return spent().minus(before);
    }

    private static int scrape(String url, boolean gzip) throws IOException {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestProperty("Accept-Encoding", gzip ? "gzip" : "identity");
        try (InputStream body = connection.getInputStream()) {
            return body.readAllBytes().length;
        }
    }

    /** What the server's threads have spent since they began. */
    private static Cost spent() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var sum = new Cost(0, 0);
        for (var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(THREADS_OF_THE_SERVER)) {
                long id = thread.getThreadId();
                sum = sum.plus(new Cost(threads.getThreadAllocatedBytes(id), threads.getThreadCpuTime(id)));
            }
        }
        return sum;
    }

    private static void print(PrintStream out, int series, boolean gzip, int rounds, Cost one, Cost many) {
        out.printf(
                Locale.ROOT,
                "%,d series, %s: one scraper %.2f ms and %.3f MB; %d scrapers at once %.2f ms (%.2f times one) and %.3f MB (%.2f times one)%n",
                series,
                gzip ? "gzipped" : "plain",
                one.nanos() / rounds / 1e6,
                one.bytes() / rounds / 1e6,
                SCRAPERS,
                many.nanos() / rounds / 1e6,
                many.nanos() / one.nanos(),
                many.bytes() / rounds / 1e6,
                many.bytes() / one.bytes());
    }
}
