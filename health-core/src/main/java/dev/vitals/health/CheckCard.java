package dev.vitals.health;

import dev.vitals.health.HealthReport.Check;
import dev.vitals.health.HealthReport.Hang;
import dev.vitals.health.HealthReport.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One check on the status page. */
final class CheckCard {
    private static final int MOST_FRAMES = 32;

    private final Html html;
    private final Texts texts;
    private final Instant now;

    CheckCard(Html html, Texts texts, Instant now) {
        this.html = html;
        this.texts = texts;
        this.now = now;
    }

    /** Among others: opened where something is wrong. */
    void write(Check check, List<Point> history, String link) {
        write(check, history, link, check.status() != Status.UP);
    }

    /** On a page of its own. */
    void writeOpen(Check check, List<Point> history) {
        write(check, history, null, true);
    }

    private void write(Check check, List<Point> history, @Nullable String link, boolean open) {
        String word = StatusPage.word(check.status());
        html.raw("<article class=\"").raw(word).raw("\">\n<div class=\"top\"><h3>");
        if (link == null) {
            html.text(check.name());
        } else {
            html.raw("<a href=\"").text(link).raw("\">").text(check.name()).raw("</a>");
        }
        html.raw("</h3><span class=\"badge ")
                .raw(word)
                .raw("\">")
                .text(check.status().name())
                .raw("</span>");
        html.raw("<span class=\"tags\">").text(tags(check)).raw("</span>");
        writeFacts(check);
        // A sign of life has no history.
        if (check.since() != null && !texts.spent()) {
            int before = html.length();
            HistoryStrip.write(html, history);
            texts.spend(html.length() - before);
        }
        html.raw("</div>\n");
        if (check.reason() != null) {
            // It says where a run hangs and what the cause is, where there is one.
            html.raw(check.hang() == null ? "<p class=\"reason\">" : "<p class=\"reason hang\">")
                    .text(texts.scrubbed(check.reason()))
                    .raw("</p>\n");
        }
        if (check.hang() != null && !check.hang().stack().isEmpty()) {
            writeStack(check.hang(), open);
        }
        writeDetails(check, open);
        html.raw("</article>\n");
    }

    private void writeFacts(Check check) {
        html.raw("<span class=\"facts\">");
        if (check.since() != null) {
            html.text("for " + Ages.words(Duration.between(check.since(), now)));
        }
        if (check.checkedAt() != null && check.since() != null) {
            html.text(" · seen " + Ages.words(Duration.between(check.checkedAt(), now)) + " ago");
        }
        if (check.duration() != null) {
            html.text(" · took " + Texts.millis(check.duration()) + " ms");
        }
        if (check.lateResults() > 0) {
            html.text(" · " + check.lateResults() + " late");
        }
        html.raw("</span>");
    }

    private void writeStack(Hang hang, boolean open) {
        html.raw(open ? "<details open>" : "<details>")
                .raw("<summary>Where it hangs, since ")
                .text(Ages.words(hang.age()))
                .raw("</summary><pre>");
        for (String frame :
                hang.stack().subList(0, Math.min(MOST_FRAMES, hang.stack().size()))) {
            html.text(texts.scrubbed(frame)).raw("\n");
        }
        html.raw("</pre></details>\n");
    }

    private void writeDetails(Check check, boolean open) {
        if (check.details().isEmpty() && check.measurements().isEmpty()) {
            return;
        }
        html.raw(open ? "<details open>" : "<details>").raw("<summary>Details</summary><dl>");
        for (Map.Entry<String, Object> detail : Flat.of(check.details(), texts).entrySet()) {
            writeDetail(detail.getKey(), String.valueOf(detail.getValue()));
        }
        int entries = 0;
        for (HealthResult.Measurement measured : check.measurements()) {
            if (entries++ == JsonValues.MOST_ENTRIES || texts.spent()) {
                break;
            }
            String unit = measured.unit().equals("1") ? "" : " " + texts.plain(measured.unit());
            writeDetail(texts.plain(measured.name()), Numbers.words(measured.value()) + unit);
        }
        html.raw("</dl></details>\n");
    }

    private void writeDetail(String name, String value) {
        html.raw("<div><dt>").text(name).raw("</dt><dd>").text(value).raw("</dd></div>");
    }

    private static String tags(Check check) {
        var tags = new StringBuilder();
        for (Probe probe : Probe.values()) {
            if (probe != Probe.HEALTH && check.probes().contains(probe)) {
                tags.append(tags.isEmpty() ? "" : ", ").append(StatusPage.name(probe));
            }
        }
        String probes = tags.isEmpty() ? "observed" : tags.toString();
        return check.critical() ? probes : probes + ", optional";
    }
}
