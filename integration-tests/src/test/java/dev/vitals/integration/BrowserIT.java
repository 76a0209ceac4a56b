package dev.vitals.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** What a page of somebody else's, open in a developer's browser, can do to the demo: nothing. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("once")
class BrowserIT {
    /** Posts plainly, posts with the header, and tries to read; tells what came of each. */
    private static final String ATTACK = """
            const done = arguments[arguments.length - 1];
            const target = arguments[0];
            const attempt = (options) => fetch(target, options).then(r => 'answered ' + r.type, e => 'refused');
            (async () => {
              const plain = await attempt({method: 'POST', mode: 'no-cors'});
              const withHeader = await attempt({method: 'POST', headers: {'X-Fault': '1'}});
              const read = await fetch(arguments[1]).then(r => r.text(), e => 'refused');
              done(plain + ', ' + withHeader + ', ' + read);
            })();
            """;

    @TempDir
    private Path folder;

    @Test
    void aForeignPageSwitchesNoFaultAndReadsNoHealth() throws IOException {
        Path chromium = Tools.require("chromium");
        Path driver = Tools.require("chromedriver");
        HttpServer foreign = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        foreign.createContext("/", exchange -> {
            byte[] page = "<!doctype html><title>foreign</title>".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        foreign.start();
        try (var demo = OrdersDemo.start(folder, 0)) {
            var browser = new ChromeDriver(
                    new ChromeDriverService.Builder()
                            .usingDriverExecutable(driver.toFile())
                            .build(),
                    options(chromium));
            try {
                browser.get("http://localhost:" + foreign.getAddress().getPort() + "/");

                Object came = browser.executeAsyncScript(
                        ATTACK, demo.management() + "/faults/errors?on=true", demo.management() + "/health");

                assertThat(came).isEqualTo("answered opaque, refused, refused");
                assertThat(Server.get(demo.management() + "/faults").body()).doesNotContain("\"on\":true");
            } finally {
                browser.quit();
            }
        } finally {
            foreign.stop(0);
        }
    }

    private ChromeOptions options(Path chromium) throws IOException {
        return new ChromeOptions()
                .setBinary(chromium.toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--user-data-dir=" + Files.createDirectory(folder.resolve("profile")));
    }
}
