package dev.vitals.examples.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.vitals.examples.orders.Orders.Order;
import dev.vitals.examples.orders.Orders.Wanted;
import dev.vitals.examples.orders.Router.Refusal;
import dev.vitals.http.Routes;
import dev.vitals.metrics.BusinessCounter;
import dev.vitals.metrics.Operation;
import dev.vitals.metrics.Operations;
import dev.vitals.tracing.Traced;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The service itself: {@code POST /orders}, {@code GET /orders/{id}} and {@code GET /quotes/{symbol}}. */
final class Shop {
    static final Routes ROUTES = Routes.of("/orders", "/orders/{id}", "/quotes/{symbol}");

    private static final Logger LOG = LoggerFactory.getLogger(Shop.class);
    private static final Pattern SYMBOL = Pattern.compile("[A-Z]{1,8}");
    private static final int LONGEST_BODY = 4_096;

    private final Orders orders;
    private final Quotes quotes;
    private final Traced traced;
    private final Errors errors;
    private final Switches switches;
    private final Operation place;
    private final BusinessCounter accepted;

    Shop(Orders orders, Quotes quotes, Traced traced, Errors errors, Switches switches, Operations operations) {
        this.orders = orders;
        this.quotes = quotes;
        this.traced = traced;
        this.errors = errors;
        this.switches = switches;
        this.place = operations.operation("order.place");
        this.accepted = operations.counter("orders.accepted", "Orders that were taken and wait to be filled");
    }

    Router router() {
        return new Router(Map.of(
                "POST /orders", (exchange, nothing) -> order(exchange),
                "GET /orders/", (exchange, id) -> find(id),
                "GET /quotes/", (exchange, symbol) -> quote(symbol)));
    }

    private Reply order(HttpExchange exchange) throws Refusal, IOException {
        Wanted wanted = read(exchange);
        errors.order(wanted.email(), wanted.symbol());
        try {
            Order order = place.call(() -> {
                switches.misbehave();
                return orders.add(wanted, traced.carrier());
            });
            accepted.increment();
            if (!wanted.email().isEmpty()) {
                LOG.info("order {} taken, {} will be told", order.id(), wanted.email());
            }
            return Reply.of(201, order);
        } catch (SQLException failed) {
            throw new Refusal(503, "no connection to the database, or no answer", failed);
        }
    }

    private Reply find(String id) throws Refusal {
        if (id.length() > 18 || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Refusal(400, "an order's id is a number");
        }
        switches.misbehave();
        try {
            return orders.find(Long.parseLong(id))
                    .map(order -> Reply.of(200, order))
                    .orElseGet(() -> Reply.error(404, "there is no such order"));
        } catch (SQLException failed) {
            throw new Refusal(503, "no connection to the database, or no answer", failed);
        }
    }

    private Reply quote(String symbol) throws Refusal, InterruptedException {
        requireSymbol(symbol);
        switches.misbehave();
        try {
            return Reply.json(200, quotes.quote(symbol));
        } catch (IOException failed) {
            throw new Refusal(504, "the pricing API does not answer", failed);
        }
    }

    private static Wanted read(HttpExchange exchange) throws Refusal, IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            throw new Refusal(413, "an order has at most " + LONGEST_BODY + " bytes");
        }
        try {
            JsonNode json = Reply.JSON.readTree(new String(body, UTF_8));
            String symbol = json.path("symbol").asString("");
            int quantity = json.path("quantity").asInt(0);
            requireSymbol(symbol);
            if (quantity < 1 || quantity > 1_000_000) {
                throw new Refusal(400, "quantity must be a number from 1 to 1000000");
            }
            return new Wanted(symbol, quantity, json.path("email").asString(""));
        } catch (JacksonException malformed) {
            throw new Refusal(400, "send JSON such as {\"symbol\": \"ACME\", \"quantity\": 3}");
        }
    }

    private static void requireSymbol(String symbol) throws Refusal {
        if (!SYMBOL.matcher(symbol).matches()) {
            throw new Refusal(400, "symbol must be 1 to 8 capital letters");
        }
    }
}
