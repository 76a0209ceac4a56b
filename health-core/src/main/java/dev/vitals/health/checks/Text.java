package dev.vitals.health.checks;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them. */
final class Text {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int LONGEST = 200;

    private Text() {}

    static String bytes(long bytes) {
        double figure = bytes;
        int unit = 0;
        while (figure >= 1024 && unit < UNITS.length - 1) {
            figure /= 1024;
            unit++;
        }
        return oneDecimal(figure) + " " + UNITS[unit];
    }

    /** Cut, not rounded: 9.99 % must not read as the 10 % that it misses. */
    static String percent(double share) {
        return oneDecimal(share * 100) + " %";
    }

    static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3_600) {
            return seconds / 60 + " min";
        }
        if (seconds < 2 * 86_400) {
            return seconds / 3_600 + " h";
        }
        return seconds / 86_400 + " d";
    }

    /** What comes from outside, so that it cannot fill a report. */
    static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String oneDecimal(double figure) {
        // The figure of a share such as 0.29 is a hair off, and must not be cut for that.
        double cut = Math.floor(figure * 10 + 1e-6) / 10;
        return cut >= 100 || cut == Math.rint(cut)
                ? String.format(Locale.ROOT, "%.0f", Math.floor(cut))
                : String.format(Locale.ROOT, "%.1f", cut);
    }
}
