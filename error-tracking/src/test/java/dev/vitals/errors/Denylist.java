package dev.vitals.errors;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What sentry-python's scrubber of events does by default: in the request's headers, cookies and data, in extra, user,
 * breadcrumbs' data, frames' variables and spans' data, it replaces the values of names that are on a list; not
 * recursively.
 */
final class Denylist {
    private static final Set<String> NAMES = Set.of(
            ("password passwd secret api_key apikey auth credentials mysql_pwd privatekey private_key token session"
                            + " csrftoken sessionid x_csrftoken x_forwarded_for set_cookie cookie authorization"
                            + " proxy_authorization x_api_key aiohttp_session connect.sid csrf_token csrf _csrf"
                            + " _csrf_token phpsessid _session symfony user_session _xsrf xsrf-token x-csrftoken"
                            + " x-forwarded-for set-cookie x-api-key proxy-authorization x_real_ip ip_address"
                            + " remote_addr x-real-ip")
                    .split(" ", -1));

    private Denylist() {}

    static void scrub(Map<String, Object> event) {
        Map<String, Object> request = map(event.get("request"));
        names(request.get("headers"));
        names(request.get("cookies"));
        names(request.get("data"));
        names(event.get("extra"));
        names(event.get("user"));
        for (Object crumb : values(event.get("breadcrumbs"))) {
            names(map(crumb).get("data"));
        }
        for (Object exception : values(event.get("exception"))) {
            for (Object frame : list(map(map(exception).get("stacktrace")).get("frames"))) {
                names(map(frame).get("vars"));
            }
        }
        for (Object span : list(event.get("spans"))) {
            names(map(span).get("data"));
        }
    }

    private static void names(@Nullable Object tree) {
        map(tree).replaceAll((name, value) -> NAMES.contains(name.toLowerCase(Locale.ROOT)) ? "[Filtered]" : value);
    }

    private static List<?> values(@Nullable Object values) {
        return values instanceof List<?> list ? list : list(map(values).get("values"));
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    @SuppressWarnings("unchecked") // it has been read from JSON
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : new HashMap<>();
    }
}
