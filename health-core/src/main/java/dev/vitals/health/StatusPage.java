package dev.vitals.health;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.HealthReport.Change;
import dev.vitals.health.HealthReport.Check;
import dev.vitals.health.HealthReport.Engine;
import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.health.HealthReport.Point;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The page for people: one file without a script, that loads nothing and renews itself every five seconds. */
final class StatusPage implements BodyWriter {
    private static final String STYLE = style();

    /** Lets the page's own style in and nothing else (Content Security Policy Level 3). */
    static final String SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="refresh" content="5">
            <title>""";

    @Override
    public byte[] bare(Probe probe, Lifecycle lifecycle, Status status) {
        String state = Texts.state(lifecycle);
        return ("<!doctype html><meta name=color-scheme content=\"light dark\"><meta http-equiv=refresh content=5><title>"
                        + status + "</title><h1>" + status + "</h1>" + (state == null ? "" : "<p>" + state))
                .getBytes(US_ASCII);
    }

    @Override
    public byte[] probe(ProbeView view) {
        HealthReport report = view.report();
        var html = new Html();
        var texts = new Texts();
        begin(html, view.status(), report, view.probe() == Probe.HEALTH ? "health" : name(view.probe()), texts);
        writeProbes(html, view);
        html.raw("<h2>Checks</h2>\n");
        var cards = new CheckCard(html, texts, report.at());
        for (Check check : ProbeView.worstFirst(view.checks())) {
            texts.nextCheck();
            String link = view.root() + "health/" + check.name() + "?format=html";
            cards.write(check, view.history().apply(check.name()), link);
        }
        if (view.checks().isEmpty()) {
            html.raw("<p class=\"quiet\">No check counts for this probe.</p>\n");
        }
        if (view.leftOut() > 0) {
            html.raw("<p class=\"quiet\">").number(view.leftOut()).raw(" more checks are left out.</p>\n");
        }
        texts.nextCheck();
        writeChanges(html, view, texts);
        end(html, report.engine());
        return html.bytes();
    }

    @Override
    public byte[] check(HealthReport report, Check check, List<Point> history) {
        var html = new Html();
        var texts = new Texts();
        begin(html, check.status(), report, check.name(), texts);
        html.raw("<p><a href=\"./?format=html\">All checks</a></p>\n");
        new CheckCard(html, texts, report.at()).writeOpen(check, history);
        end(html, report.engine());
        return html.bytes();
    }

    private static void begin(Html html, Status status, HealthReport report, String what, Texts texts) {
        html.raw(HEAD)
                .text(status + " · " + what)
                .raw("</title>\n<style>")
                .raw(STYLE)
                .raw("</style>\n</head>\n<body>\n");
        html.raw("<header class=\"")
                .raw(word(status))
                .raw("\"><h1>")
                .text(status.name())
                .raw("</h1><p>");
        html.text(what);
        String state = Texts.state(report.lifecycle());
        if (state != null) {
            html.raw(" · <b>").text(state).raw("</b>");
        }
        if (report.maintenance() != null) {
            html.raw(" · ").text(texts.scrubbed(report.maintenance()));
        }
        html.raw("</p><time>").text(Texts.instant(report.at())).raw("</time></header>\n<main>\n");
    }

    private static void writeProbes(Html html, ProbeView view) {
        html.raw("<nav>");
        for (Probe probe : Probe.values()) {
            Status status = view.report().status(probe);
            html.raw("<a class=\"")
                    .raw(word(status))
                    .raw(probe == view.probe() ? " here" : "")
                    .raw("\" href=\"");
            html.text(view.root() + probe.path().substring(1) + "?format=html").raw("\"><span>");
            html.text(name(probe)).raw("</span><b>").text(status.name()).raw("</b></a>");
        }
        html.raw("</nav>\n");
    }

    private static void writeChanges(Html html, ProbeView view, Texts texts) {
        if (view.changes().isEmpty()) {
            return;
        }
        html.raw("<h2>Last changes</h2>\n<ol class=\"changes\">\n");
        for (int i = view.changes().size() - 1; i >= 0; i--) {
            Change change = view.changes().get(i);
            html.raw("<li><time>")
                    .text(Texts.instant(change.at()))
                    .raw("</time> <b>")
                    .text(change.check());
            html.raw("</b> <span class=\"to\">");
            html.text(change.from() == null ? "" : change.from() + " → ");
            html.raw("<span class=\"badge ")
                    .raw(word(change.to()))
                    .raw("\">")
                    .text(change.to().name());
            html.raw("</span></span> <span class=\"why\">");
            html.text(change.reason() == null ? "" : texts.scrubbed(change.reason()));
            html.text(change.cause() == null ? "" : " (because of " + texts.scrubbed(change.cause()) + ")");
            html.raw("</span></li>\n");
        }
        html.raw("</ol>\n");
    }

    private static void end(Html html, Engine engine) {
        html.raw("</main>\n<footer>")
                .number(engine.underWay())
                .raw(" runs under way, ")
                .number(engine.hung());
        html.raw(" past their deadline");
        html.raw(engine.stalled() ? ", <b>the scheduler is stalled</b>" : "");
        if (engine.droppedEvents() > 0) {
            html.raw(", ").number(engine.droppedEvents()).raw(" calls of listeners left out");
        }
        html.raw(" · renews itself every 5 s</footer>\n</body>\n</html>\n");
    }

    static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    static String name(Probe probe) {
        return probe.name().toLowerCase(Locale.ROOT);
    }

    private static String style() {
        try (InputStream css = StatusPage.class.getResourceAsStream("status-page.css")) {
            if (css == null) {
                throw new IllegalStateException("status-page.css is missing beside " + StatusPage.class.getName()
                        + ": whatever repacked the jar must keep it");
            }
            return new String(css.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
