package dev.vitals.health.jdbc;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Looks for a pool behind a data source. The only way to {@link Hikari}, which may have nothing to be compiled against. */
final class Pools {
    private final DataSource dataSource;
    private volatile @Nullable ConnectionPool found;
    private volatile boolean searched;

    private Pools(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Searches when first asked, and again where a wrapper could not tell yet. */
    static Pools behind(DataSource dataSource) {
        return new Pools(dataSource);
    }

    static Pools given(DataSource dataSource, ConnectionPool pool) {
        var pools = new Pools(dataSource);
        pools.found = pool;
        pools.searched = true;
        return pools;
    }

    /** Null where there is none that is known. */
    @Nullable
    ConnectionPool find() {
        if (!searched) {
            try {
                found = search();
                searched = true;
            } catch (SQLException | RuntimeException notNow) {
                return null;
            }
        }
        return found;
    }

    /** Whether it is a closed pool, seen without asking a wrapper, which might not be ready yet. */
    boolean isClosedAtSetUp() {
        try {
            return Hikari.isClosed(dataSource);
        } catch (LinkageError withoutHikari) {
            return false;
        }
    }

    private @Nullable ConnectionPool search() throws SQLException {
        try {
            return Hikari.behind(dataSource);
        } catch (LinkageError withoutHikari) {
            return null;
        }
    }
}
