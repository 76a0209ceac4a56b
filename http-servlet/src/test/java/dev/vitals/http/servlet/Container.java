package dev.vitals.http.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http2.RateControl;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.ExecutorThreadPool;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;

/** The servlet containers that everything is tried on, each on a free port of 127.0.0.1. */
enum Container {
    TOMCAT {
        @Override
        Running start(
                String contextPath, Map<String, Servlet> servlets, List<Filter> filters, @Nullable Executor threads)
                throws Exception {
            // The tests throw on purpose; Tomcat's traces of it would drown all else.
            LogManager.getLogManager().reset();
            Path folder = Files.createTempDirectory("vitals-tomcat");
            var tomcat = new Tomcat();
            tomcat.setBaseDir(folder.toString());
            var connector = new Connector();
            connector.setPort(0);
            connector.setProperty("address", "127.0.0.1");
            if (threads != null) {
                connector.getProtocolHandler().setExecutor(threads);
                var http2 = new Http2Protocol();
                http2.setMaxConcurrentStreams(STREAMS);
                connector.addUpgradeProtocol(http2);
            }
            tomcat.setConnector(connector);
            Context context = tomcat.addContext(contextPath, null);
            servlets.forEach((mapping, servlet) -> {
                Tomcat.addServlet(context, mapping, servlet).setAsyncSupported(true);
                context.addServletMappingDecoded(mapping, mapping);
            });
            for (int i = 0; i < filters.size(); i++) {
                var definition = new FilterDef();
                definition.setFilterName("filter-" + i);
                definition.setFilter(filters.get(i));
                definition.setAsyncSupported("true");
                context.addFilterDef(definition);
                var mapping = new FilterMap();
                mapping.setFilterName("filter-" + i);
                mapping.addURLPattern("/*");
                for (DispatcherType type : EnumSet.allOf(DispatcherType.class)) {
                    mapping.setDispatcher(type.name());
                }
                context.addFilterMap(mapping);
            }
            Stop stop = () -> {
                stop(tomcat);
                delete(folder);
                // Or the next Tomcat would make the folder anew.
                System.clearProperty("catalina.home");
                System.clearProperty("catalina.base");
            };
            try {
                tomcat.start();
            } catch (LifecycleException failed) {
                stop.stop();
                throw failed;
            }
            return new Running(connector.getLocalPort(), stop);
        }

        private void stop(Tomcat tomcat) throws LifecycleException {
            tomcat.stop();
            tomcat.destroy();
        }
    },
    JETTY {
        @Override
        Running start(
                String contextPath, Map<String, Servlet> servlets, List<Filter> filters, @Nullable Executor threads)
                throws Exception {
            Server server = server(threads);
            var context = new ServletContextHandler(contextPath.isEmpty() ? "/" : contextPath);
            servlets.forEach((mapping, servlet) -> {
                var holder = new ServletHolder(mapping, servlet);
                holder.setAsyncSupported(true);
                context.addServlet(holder, mapping);
            });
            for (int i = 0; i < filters.size(); i++) {
                var holder = new FilterHolder(filters.get(i));
                holder.setName("filter-" + i);
                holder.setAsyncSupported(true);
                context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
            }
            server.setHandler(context);
            try {
                server.start();
            } catch (Exception failed) {
                server.stop();
                throw failed;
            }
            return new Running(((ServerConnector) server.getConnectors()[0]).getLocalPort(), server::stop);
        }

        private Server server(@Nullable Executor threads) {
            if (threads == null) {
                return new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            }
            var server = new Server(pool(threads));
            var http1 = new HttpConnectionFactory();
            var http2 = new HTTP2CServerConnectionFactory(http1.getHttpConfiguration());
            http2.setMaxConcurrentStreams(STREAMS);
            http2.setRateControlFactory(new RateControl.Factory() {});
            var connector = new ServerConnector(server, 1, 1, http1, http2);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            return server;
        }

        /** Jetty has platform threads for its own work, also where requests have virtual ones. */
        private ThreadPool pool(Executor threads) {
            if (threads instanceof ThreadPoolExecutor platform) {
                return new ExecutorThreadPool(platform, 0);
            }
            var pool = new QueuedThreadPool();
            pool.setVirtualThreadsExecutor(threads);
            return pool;
        }
    };

    /** How many requests of HTTP/2 a connection may have under way. */
    static final int STREAMS = 1_000;

    interface Stop {
        void stop() throws Exception;
    }

    /** A container at work; closing it waits until its threads are gone. */
    record Running(int port, Stop stop) implements AutoCloseable {
        @Override
        public void close() {
            try {
                stop.stop();
            } catch (Exception failed) {
                throw new IllegalStateException("the container would not stop", failed);
            }
        }
    }

    Running start(String contextPath, Map<String, Servlet> servlets, List<Filter> filters) throws Exception {
        return start(contextPath, servlets, filters, null);
    }

    /** With threads of the caller's own, and HTTP/2 beside HTTP/1.1. */
    abstract Running start(
            String contextPath, Map<String, Servlet> servlets, List<Filter> filters, @Nullable Executor threads)
            throws Exception;

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
