package dev.vitals.http.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.vitals.http.RequestFilter;
import dev.vitals.http.RequestObservers;
import dev.vitals.http.servlet.Container.Running;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/** The servers that tracing is tried on, with threads of the test's own; 200 is what they answer. */
enum TracedServer {
    TOMCAT,
    JETTY,
    JDK;

    static final String ROUTE = "/work/{number}";

    /** What the application does for a number, before it answers. */
    interface Work {
        void work(int number) throws IOException;
    }

    Running start(RequestObservers observers, Executor threads, Work work) throws Exception {
        return this == JDK
                ? startJdk(observers, threads, work)
                : Container.valueOf(name())
                        .start("", servlet(work), List.of(new VitalsFilter(observers, request -> ROUTE)), threads);
    }

    private static Running startJdk(RequestObservers observers, Executor threads, Work work) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
        server.createContext("/", exchange -> {
                    work.work(Traces.number(exchange.getRequestURI().getPath()));
                    byte[] body = "ok".getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                })
                .getFilters()
                .add(RequestFilter.of(observers, request -> ROUTE));
        server.setExecutor(threads);
        server.start();
        return new Running(server.getAddress().getPort(), () -> server.stop(0));
    }

    private static Map<String, Servlet> servlet(Work work) {
        return asynchronous((request, response) -> {
            work.work(Traces.number(request.getRequestURI()));
            response.getOutputStream().print("ok");
        });
    }

    /** What an application does with a request; it may go asynchronous. */
    interface Application {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    static Map<String, Servlet> asynchronous(Application application) {
        return Map.of("/*", new ApplicationServlet(application));
    }

    /** Notes what stands on a container's thread before the filters that come after it, and when they are done. */
    static Filter outside(Queue<String> left) {
        return (request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } finally {
                String dirt = Traces.left();
                if (dirt != null) {
                    left.add(request.getDispatcherType() + " " + dirt);
                }
            }
        };
    }

    static boolean comesBack(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ASYNC;
    }

    private static final class ApplicationServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Application application;

        ApplicationServlet(Application application) {
            this.application = application;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            application.answer(request, response);
        }
    }
}
