package dev.vitals.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real Alertmanager that keeps its alerts to itself. */
record Alertmanager(Server server, String url) implements AutoCloseable {
    static Alertmanager start(Path folder) throws IOException {
        Path binary = Tools.require("prometheus-alertmanager");
        String address = "127.0.0.1:" + Server.freePort();
        Path config = Files.writeString(folder.resolve("alertmanager.yml"), """
                route: {receiver: nobody}
                receivers: [{name: nobody}]
                """);
        var server = Server.start(
                folder,
                List.of(
                        binary.toString(),
                        "--config.file=" + config,
                        "--web.listen-address=" + address,
                        "--cluster.listen-address=",
                        "--storage.path=" + folder.resolve("data")));
        var alertmanager = new Alertmanager(server, "http://" + address);
        try {
            server.awaitAnswer(alertmanager.url + "/-/ready", Duration.ofSeconds(30));
        } catch (AssertionError failed) {
            server.close();
            throw failed;
        }
        return alertmanager;
    }

    void awaitAlert(String name, Duration limit) {
        server.await(limit, "the alert " + name, () -> {
            try {
                return Server.get(url + "/api/v2/alerts").body().contains("\"" + name + "\"");
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        server.close();
    }
}
