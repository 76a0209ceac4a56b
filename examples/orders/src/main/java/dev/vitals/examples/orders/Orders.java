package dev.vitals.examples.orders;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The orders in the database: the table is the worker's queue as well. */
final class Orders {
    /**
     * What a client orders.
     *
     * @param email who is told, empty for nobody; nobody is, but the log says so, to show what is left of it there
     */
    record Wanted(String symbol, int quantity, String email) {}

    /** An order as it stands; without a price until it is known. */
    record Order(
            long id,
            String symbol,
            int quantity,
            String status,
            String createdAt,
            @Nullable BigDecimal price) {}

    /** An order that the worker took from the queue, with the trace of the request that it came with. */
    record Taken(long id, String symbol, String email, Map<String, String> carrier) {}

    /** What waits in the queue, and for how long the oldest has. */
    record Waiting(long number, Duration oldest) {}

    private static final String COLUMNS = "id, symbol, quantity, status, created_at, price";

    private final DataSource dataSource;

    Orders(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    Order add(Wanted wanted, Map<String, String> carrier) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO vitals_demo.orders (symbol, quantity, email, trace)"
                                + " VALUES (?, ?, ?, ?) RETURNING " + COLUMNS)) {
            insert.setString(1, wanted.symbol());
            insert.setInt(2, wanted.quantity());
            insert.setString(3, wanted.email());
            insert.setString(4, Reply.JSON.writeValueAsString(carrier));
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return read(row);
            }
        }
    }

    Optional<Order> find(long id) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT " + COLUMNS + " FROM vitals_demo.orders WHERE id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    /** Fills the oldest orders that wait; several workers, in several processes, do not get in each other's way. */
    List<Taken> fillSome(int most) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement("""
                        UPDATE vitals_demo.orders SET status = 'FILLED', filled_at = now() WHERE id IN (
                            SELECT id FROM vitals_demo.orders WHERE status = 'WAITING'
                            ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)
                        RETURNING id, symbol, coalesce(email, ''), coalesce(trace, '{}')
                        """)) {
            update.setInt(1, most);
            try (ResultSet rows = update.executeQuery()) {
                var taken = new ArrayList<Taken>();
                while (rows.next()) {
                    taken.add(new Taken(
                            rows.getLong(1), rows.getString(2), rows.getString(3), carrier(rows.getString(4))));
                }
                return taken;
            }
        }
    }

    private static Map<String, String> carrier(String json) {
        return Reply.JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    }

    void priced(long id, BigDecimal price) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE vitals_demo.orders SET price = ? WHERE id = ?")) {
            update.setBigDecimal(1, price);
            update.setLong(2, id);
            update.executeUpdate();
        }
    }

    Waiting waiting() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT count(*), coalesce(1000 * extract(epoch FROM now() - min(created_at)), 0)
                        FROM vitals_demo.orders WHERE status = 'WAITING'
                        """);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Waiting(row.getLong(1), Duration.ofMillis((long) row.getDouble(2)));
        }
    }

    void forgetOldOnes() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement("""
                        DELETE FROM vitals_demo.orders
                        WHERE status = 'FILLED' AND filled_at < now() - interval '1 hour'
                        """)) {
            delete.executeUpdate();
        }
    }

    private static Order read(ResultSet row) throws SQLException {
        return new Order(
                row.getLong("id"),
                row.getString("symbol"),
                row.getInt("quantity"),
                row.getString("status"),
                row.getTimestamp("created_at").toInstant().toString(),
                row.getBigDecimal("price"));
    }
}
