package dev.vitals.errors;

import io.sentry.Breadcrumb;
import io.sentry.SentryBaseEvent;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Breadcrumbs that lead nowhere: requests for health and metrics, and loggers that the application calls noisy. */
final class Noise {
    private static final Set<String> PATHS = Set.of("/metrics", "/health");

    private final Set<String> loggers;

    Noise(Set<String> loggers) {
        this.loggers = loggers;
    }

    void leaveOut(SentryBaseEvent event) {
        List<Breadcrumb> crumbs = event.getBreadcrumbs();
        if (crumbs != null && crumbs.stream().anyMatch(this::isOne)) {
            event.setBreadcrumbs(crumbs.stream().filter(crumb -> !isOne(crumb)).toList());
        }
    }

    boolean isOne(Breadcrumb crumb) {
        String category = crumb.getCategory();
        if (category != null && isNoisy(category)) {
            return true;
        }
        return crumb.getData("url") instanceof String url && isOfVitals(path(url));
    }

    /** A logger, or those below it. */
    private boolean isNoisy(String category) {
        for (String logger : loggers) {
            if (category.startsWith(logger)
                    && (category.length() == logger.length() || category.charAt(logger.length()) == '.')) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfVitals(@Nullable String path) {
        return path != null && (PATHS.contains(path) || path.startsWith("/health/"));
    }

    /** Of a URL, or of what begins with its path. */
    private static @Nullable String path(String url) {
        int scheme = url.indexOf("://");
        int start = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
        if (start < 0) {
            return null;
        }
        int end = start;
        while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
            end++;
        }
        return url.substring(start, end);
    }
}
