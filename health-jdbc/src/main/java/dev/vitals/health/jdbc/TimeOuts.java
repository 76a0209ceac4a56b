package dev.vitals.health.jdbc;

import java.util.Properties;

/**
 * Time-outs for a connection outside the pool, so that an attempt at it ends by itself, where the driver is known and
 * the application has set none. Pure.
 *
 * <p>PostgreSQL's driver has a time-out for the whole log-in too, which HikariCP sets: past it the driver goes away and
 * leaves a thread on the socket, so it is switched off here.
 *
 * @see <a href="https://jdbc.postgresql.org/documentation/use/">connection parameters of PostgreSQL's driver</a>
 * @see <a href="https://mariadb.com/docs/connectors/mariadb-connector-j/about-mariadb-connector-j">those of MariaDB's</a>
 */
final class TimeOuts {
    private static final String SECONDS = "10";
    private static final String MILLIS = "10000";

    private TimeOuts() {}

    /** The properties, and the time-outs that neither they nor the URL have. */
    static Properties added(String url, Properties given) {
        var all = new Properties();
        all.putAll(given);
        if (isPostgres(url)) {
            add(all, url, "connectTimeout", SECONDS);
            add(all, url, "socketTimeout", SECONDS);
            all.setProperty("loginTimeout", "0");
        } else if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
            add(all, url, "connectTimeout", MILLIS);
            add(all, url, "socketTimeout", MILLIS);
        }
        return all;
    }

    static boolean isPostgres(String url) {
        return url.startsWith("jdbc:postgresql:");
    }

    /** In a URL it would win over the properties. */
    static String withoutLoginTimeOut(String url) {
        return isPostgres(url) ? url.replaceAll("(?<=[?&])loginTimeout=[^&]*&?", "") : url;
    }

    private static void add(Properties all, String url, String name, String value) {
        if (!all.containsKey(name) && !url.contains(name + "=")) {
            all.setProperty(name, value);
        }
    }
}
