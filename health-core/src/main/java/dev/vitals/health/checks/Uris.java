package dev.vitals.health.checks;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses on the web, of which only scheme, host and port are ever shown: paths and queries may hold secrets. */
final class Uris {
    private Uris() {}

    static URI required(@Nullable URI uri, String... schemes) {
        URI given = Options.given(uri, "the URI is null: give one, such as " + schemes[0] + "://api.example.com/ping");
        String scheme = scheme(given);
        if (!Arrays.asList(schemes).contains(scheme) || given.getHost() == null) {
            throw new IllegalArgumentException("the URI needs a scheme and a host, such as " + schemes[0]
                    + "://api.example.com/ping; the schemes are " + List.of(schemes));
        }
        if (given.getRawUserInfo() != null) {
            throw new IllegalArgumentException("the URI for " + shown(given)
                    + " holds user info, which would not be sent: take it out, and set header(\"Authorization\", …)");
        }
        Options.port(port(given));
        return given;
    }

    /** The scheme in lower case; empty where there is none. */
    static String scheme(URI uri) {
        String scheme = uri.getScheme();
        return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
    }

    static String shown(URI uri) {
        return scheme(uri) + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /** Whether a redirect stays with the one that was asked, or leads from plain HTTP to HTTPS there. */
    static boolean staysAt(URI asked, URI next) {
        String host = next.getHost();
        if (host == null || !host.equalsIgnoreCase(asked.getHost())) {
            return false;
        }
        if (scheme(asked).equals(scheme(next))) {
            return port(asked) == port(next);
        }
        return scheme(asked).equals("http") && port(asked) == 80 && scheme(next).equals("https") && port(next) == 443;
    }

    static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return scheme(uri).equals("https") || scheme(uri).equals("wss") ? 443 : 80;
    }
}
