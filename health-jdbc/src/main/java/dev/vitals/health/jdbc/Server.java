package dev.vitals.health.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which database answers, as its driver knows since the log-in: that costs no round trip.
 *
 * @param kind whose SQL it speaks
 * @param product its name and version for people; null where it tells none
 * @param version the numbers of the version, one after the other, each below 1,000
 */
record Server(Kind kind, @Nullable String product, long version) {
    static final Server UNTOLD = new Server(Kind.OTHER, null, 0);

    private static final String MARIADB_AS_MYSQL = "5.5.5-";

    enum Kind {
        POSTGRESQL,
        MYSQL,
        MARIADB,
        OTHER
    }

    /** Whether the driver aborts a connection over a second one. */
    boolean abortsByAnother() {
        return kind == Kind.MARIADB || kind == Kind.MYSQL;
    }

    static Server of(Connection connection) throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        return of(metadata.getDatabaseProductName(), metadata.getDatabaseProductVersion());
    }

    static Server of(@Nullable String name, @Nullable String version) {
        String told = version == null ? "" : version;
        Kind kind = kind(name == null ? "" : name.toLowerCase(Locale.ROOT), told.toLowerCase(Locale.ROOT));
        // What MariaDB says in front of its own version for the sake of old replicas.
        String own = kind == Kind.MARIADB && told.startsWith(MARIADB_AS_MYSQL)
                ? told.substring(MARIADB_AS_MYSQL.length())
                : told;
        String product = Product.name(kind == Kind.MARIADB ? "MariaDB" : name, withoutBuild(kind, own));
        return new Server(kind, product, number(own));
    }

    private static String withoutBuild(Kind kind, String version) {
        int build = kind == Kind.MYSQL || kind == Kind.MARIADB ? version.indexOf('-') : -1;
        return build < 0 ? version : version.substring(0, build);
    }

    private static Kind kind(String name, String version) {
        if (name.contains("mariadb") || (name.contains("mysql") && version.contains("mariadb"))) {
            return Kind.MARIADB;
        }
        return switch (name) {
            case "postgresql" -> Kind.POSTGRESQL;
            case "mysql" -> Kind.MYSQL;
            default -> Kind.OTHER;
        };
    }

    boolean isSince(int major, int minor, int patch) {
        return version >= (major * 1_000L + minor) * 1_000 + patch;
    }

    private static long number(String version) {
        long[] parts = new long[3];
        int part = 0;
        for (int i = 0; i < version.length() && part < parts.length; i++) {
            char c = version.charAt(i);
            if (c >= '0' && c <= '9') {
                parts[part] = Math.min(999, parts[part] * 10 + c - '0');
            } else if (c == '.') {
                part++;
            } else {
                break;
            }
        }
        return (parts[0] * 1_000 + parts[1]) * 1_000 + parts[2];
    }
}
