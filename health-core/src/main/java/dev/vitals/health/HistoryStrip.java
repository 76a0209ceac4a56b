package dev.vitals.health;

import dev.vitals.health.HealthReport.Point;
import java.util.List;

/**
 * Draws the last results of a check as a strip of bars, the newest at the right. Results that are alike are one line
 * with gaps in it, so that a strip is as short as the check is steady.
 */
final class HistoryStrip {
    private static final int MOST = 120;

    private HistoryStrip() {}

    static void write(Html html, List<Point> history) {
        List<Point> shown = history.subList(Math.max(0, history.size() - MOST), history.size());
        int empty = MOST - shown.size();
        html.raw("<svg class=\"strip\" viewBox=\"0 0 120 12\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"");
        html.text(summary(shown)).raw("\"><title>").text(summary(shown)).raw("</title>");
        if (empty > 0) {
            html.raw("<path class=\"none\" d=\"M0 10.5h").number(empty).raw("\"/>");
        }
        for (Status status : Status.values()) {
            String path = path(shown, status, empty);
            if (!path.isEmpty()) {
                html.raw("<path class=\"")
                        .raw(StatusPage.word(status))
                        .raw("\" d=\"")
                        .raw(path)
                        .raw("\"/>");
            }
        }
        html.raw("</svg>");
    }

    private static String path(List<Point> shown, Status status, int empty) {
        // Higher is worse, also for who cannot tell the colours apart.
        String y =
                switch (status) {
                    case UP -> "9";
                    case DEGRADED -> "7.5";
                    case DOWN -> "6";
                };
        var path = new StringBuilder();
        for (int i = 0; i < shown.size(); i++) {
            int start = i;
            while (i < shown.size() && shown.get(i).status() == status) {
                i++;
            }
            if (i > start) {
                path.append('M')
                        .append(empty + start)
                        .append(' ')
                        .append(y)
                        .append('h')
                        .append(i - start);
            }
        }
        return path.toString();
    }

    private static String summary(List<Point> shown) {
        if (shown.isEmpty()) {
            return "no results yet";
        }
        var summary = new StringBuilder("since ")
                .append(Texts.instant(shown.get(0).at()))
                .append(':');
        for (Status status : Status.values()) {
            long count =
                    shown.stream().filter(point -> point.status() == status).count();
            if (count > 0) {
                summary.append(' ').append(count).append(' ').append(status);
            }
        }
        return summary.toString();
    }
}
