package dev.vitals.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pure parts, by table. */
class SmallPartsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8081",
                "LOCALHOST",
                "127.0.0.1",
                "127.0.0.1:8081",
                "127.1.2.3:1",
                "[::1]",
                "[::1]:8081",
                " localhost "
            })
    void thisMachineMayBeNamed(String host) {
        assertThat(HostGuard.isLocal(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8081",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.evil",
                "128.0.0.1",
                "127.0.0",
                "127.0.0.",
                "127.0.0.1000",
                "10.0.0.1",
                "[::2]",
                "[::1",
                "",
                ":8081"
            })
    void nothingElseMay(String host) {
        assertThat(HostGuard.isLocal(host)).isFalse();
    }

    @Test
    void http10NeedsNoHost() {
        assertThat(HostGuard.isLocal(null)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/orders,             /orders",
        "/orders/new,         /orders/new",
        "/orders/7,           /orders/{id}",
        "/orders/7/lines/3,   /orders/{id}/lines/{line}",
        "/orders/7/lines,     ",
        "/orders/,            ",
        "/orders//lines/3,    ",
        "/order,              ",
        "/orders/7/,          ",
        "/,                   /",
    })
    void theFirstTemplateThatMatchesIsTheRoute(String path, String route) {
        var routes = Routes.of("/", "/orders", "/orders/new", "/orders/{id}", "/orders/{id}/lines/{line}");

        assertThat(routes.apply(FakeRequest.get(path))).isEqualTo(route);
    }

    @Test
    void aRouteBeginsWithASlash() {
        assertThatThrownBy(() -> Routes.of("orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must begin with");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/{id}.json", "/a{b}", "/{a}{b}", "/{a", "/a}"})
    void aNameInBracesIsAWholeSegment(String route) {
        assertThatThrownBy(() -> Routes.of(route))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole segment");
    }

    @ParameterizedTest
    @CsvSource({
        "on=true,          on, true",
        "a=1&on=false,     on, false",
        "on=1&on=2,        on, 1",
        "on,               on, ''",
        "on=,              on, ''",
        "o%6E=a%20b,       on, a b",
        "on=%zz,           on, ",
        "only=1,           on, ",
        "'',               on, ",
        "&&on=1&&,         on, 1",
        "on=a=b,           on, a=b",
    })
    void aParameterIsFoundAndDecoded(String query, String name, String value) {
        assertThat(FakeRequest.query(query).queryParameter(name)).isEqualTo(value);
    }

    @Test
    void everyValueOfAParameterIsFoundMalformedOnesLeftOut() {
        assertThat(FakeRequest.query("n[]=a&m=x&n%5B%5D=b+c&n[]=%zz&n[]").queryParameters("n[]"))
                .containsExactly("a", "b c", "");
    }

    @Test
    void aRequestWithoutAQueryHasNoParameter() {
        assertThat(Query.parameter(null, "on")).isNull();
        assertThat(Query.parameters(null, "on")).isEmpty();
    }

    @Test
    void theBeginningOfAnArrayIsABodyAndIsWrittenInParts() throws Exception {
        byte[] bytes = new byte[150_000];
        Arrays.fill(bytes, 0, 100_000, (byte) 'a');
        var sizes = new ArrayList<Integer>();
        var written = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] more, int offset, int length) {
                sizes.add(length);
                super.write(more, offset, length);
            }
        };

        Response response = Response.of(200, "text/plain", Response.Body.of(bytes, 100_000));
        response.writeTo(written);

        assertThat(response.length()).isEqualTo(100_000);
        assertThat(response.bodyAsText()).isEqualTo("a".repeat(100_000)).isEqualTo(written.toString(UTF_8));
        assertThat(sizes).allMatch(size -> size <= 32_768);
        assertThatThrownBy(() -> Response.Body.of(bytes, 150_001)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101, 199, 600})
    void aStatusThatIsNoFinalAnswerIsRefused(int status) {
        assertThatThrownBy(() -> Response.text(status, "")).hasMessageContaining("200 to 599");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: x", "a\nb", "a\rb", "a\u0000b", "\u007f"})
    void aHeaderCannotSmuggleAnother(String value) {
        assertThatThrownBy(() -> Response.text(200, "").withHeader("X-Test", value))
                .hasMessageContaining("line break");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Y", "X:", "X\n", "\u00e4"})
    void aHeadersNameIsAToken(String name) {
        assertThatThrownBy(() -> Response.text(200, "").withHeader(name, "x"))
                .hasMessageContaining("no name of a header");
    }

    @Test
    void aHeaderReplacesTheOneBefore() {
        Response response = Response.text(200, "").withHeader("Cache-Control", "max-age=1");

        assertThat(response.headers()).containsEntry("Cache-Control", "max-age=1");
    }
}
