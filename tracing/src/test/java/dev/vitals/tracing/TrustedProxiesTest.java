package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of headers that a proxy writes, and that a client can write as well. */
class TrustedProxiesTest {
    private static final TrustedProxies PROXIES = TrustedProxies.of("10.0.0.0/8", "2001:db8:1::/48", "192.0.2.1");

    private record Row(String why, String peer, List<String> headers, Origin expected) {
        @Override
        public String toString() {
            return why;
        }
    }

    private static Row forwarded(String why, String value, Origin expected) {
        return new Row(why, "10.0.0.1", List.of("Forwarded", value), expected);
    }

    private static Row addresses(String why, String value, @Nullable String client) {
        return new Row(why, "10.0.0.1", List.of("X-Forwarded-For", value), new Origin(client, null, null));
    }

    private static Origin client(@Nullable String address) {
        return new Origin(address, null, null);
    }

    private static Stream<Row> byForwarded() {
        var shop = new HostHeader("shop.example", 81L);
        return Stream.of(
                forwarded("one hop", "for=192.0.2.60;proto=https;by=10.0.0.1", new Origin("192.0.2.60", "https", null)),
                forwarded(
                        "any case, any order",
                        "HOST=\"shop.example:81\";Proto=HTTP;For=192.0.2.60",
                        new Origin("192.0.2.60", "http", shop)),
                forwarded("IPv6 with its port", "for=\"[2001:db8:cafe::17]:4711\"", client("2001:db8:cafe::17")),
                forwarded("IPv6 without quotes", "for=[2001:db8:cafe::17]", client("2001:db8:cafe::17")),
                forwarded("IPv4 with its port", "for=\"192.0.2.60:4711\"", client("192.0.2.60")),
                forwarded(
                        "the last untrusted one",
                        "for=6.6.6.6;host=evil.example, for=192.0.2.60;proto=https",
                        new Origin("192.0.2.60", "https", null)),
                forwarded(
                        "behind two trusted ones",
                        "for=6.6.6.6, for=192.0.2.60;host=\"shop.example:81\", for=10.1.1.1, for=\"[2001:db8:1::5]\"",
                        new Origin("192.0.2.60", null, shop)),
                forwarded(
                        "a caller from the trusted network",
                        "for=10.1.1.1;proto=http, for=10.2.2.2",
                        new Origin("10.1.1.1", "http", null)),
                forwarded(
                        "an open quote of the client's swallows nothing",
                        "for=\"6.6.6.6, for=192.0.2.60",
                        client("192.0.2.60")),
                forwarded("nor does an escaped one", "for=\"6\\\", for=192.0.2.60", client("192.0.2.60")),
                forwarded("a comma in quotes is none", "for=192.0.2.60;host=\"a,b\"", client("192.0.2.60")),
                forwarded("nor is one before an escaped quote", "for=192.0.2.60;by=\"a,b\\\"c\"", client("192.0.2.60")),
                forwarded("an escape in quotes", "for=\"192.0.2.\\60\"", client("192.0.2.60")),
                forwarded("empty members", "for=192.0.2.60, ,,", client("192.0.2.60")),
                forwarded("an unknown parameter", "for=192.0.2.60;secret=x", client("192.0.2.60")),
                forwarded("unknown", "for=unknown;proto=http", new Origin(null, "http", null)),
                forwarded("an obfuscated one", "for=_hidden;proto=http", new Origin(null, "http", null)),
                forwarded("a name is no address", "for=evil.example", client(null)),
                forwarded("a scheme that is none", "for=192.0.2.60;proto=javascript", client("192.0.2.60")),
                forwarded("a host that is none", "for=192.0.2.60;host=\"a b\"", client("192.0.2.60")),
                forwarded("a thing said twice", "for=192.0.2.60;for=6.6.6.6", Origin.UNTOLD),
                forwarded("the scheme said twice", "proto=http;proto=https", Origin.UNTOLD),
                forwarded("the host said twice", "host=a;host=b", Origin.UNTOLD),
                forwarded("no grammar", "for 192.0.2.60", Origin.UNTOLD),
                forwarded("no value", "for=", Origin.UNTOLD),
                forwarded("an open quote", "for=\"192.0.2.60", Origin.UNTOLD),
                forwarded("something behind a quote", "for=\"192.0.2.60\"x", Origin.UNTOLD),
                forwarded("nothing", "", Origin.UNTOLD),
                forwarded("a control character", "for=192.0.2.60\u0000", Origin.UNTOLD),
                forwarded("a huge line", "for=192.0.2.60" + " ".repeat(10_000), Origin.UNTOLD),
                forwarded("forty trusted hops", "for=10.1.1.1,".repeat(40), Origin.UNTOLD),
                new Row(
                        "several lines are one list",
                        "10.0.0.1",
                        List.of("Forwarded", "for=6.6.6.6", "Forwarded", "for=192.0.2.60", "Forwarded", "for=10.3.3.3"),
                        client("192.0.2.60")),
                new Row(
                        "Forwarded before X-Forwarded",
                        "10.0.0.1",
                        List.of("Forwarded", "for=192.0.2.60", "X-Forwarded-For", "6.6.6.6"),
                        client("192.0.2.60")),
                new Row(
                        "a stranger is not believed",
                        "198.51.100.9",
                        List.of("Forwarded", "for=192.0.2.60;proto=http"),
                        Origin.UNTOLD),
                new Row(
                        "the address beside a trusted one",
                        "192.0.2.2",
                        List.of("Forwarded", "for=192.0.2.60"),
                        Origin.UNTOLD),
                new Row(
                        "a trusted IPv6 with a zone",
                        "2001:db8:1:0:0:0:0:9%eth0",
                        List.of("Forwarded", "for=192.0.2.60"),
                        client("192.0.2.60")),
                new Row(
                        "a trusted IPv4 mapped into IPv6",
                        "::ffff:10.0.0.1",
                        List.of("Forwarded", "for=192.0.2.60"),
                        client("192.0.2.60")),
                new Row(
                        "a peer that is no address",
                        "unix:/tmp/socket",
                        List.of("Forwarded", "for=192.0.2.60"),
                        Origin.UNTOLD));
    }

    private static Stream<Row> byXForwarded() {
        return Stream.of(
                addresses("one hop", "192.0.2.60", "192.0.2.60"),
                addresses("what a client invented", "6.6.6.6, 192.0.2.60", "192.0.2.60"),
                addresses("behind trusted ones", "6.6.6.6, 192.0.2.60,10.9.9.9 , 192.0.2.1", "192.0.2.60"),
                addresses("a caller from the trusted network", "10.1.1.1, 10.2.2.2", "10.1.1.1"),
                addresses("IPv6 alone", "2001:db8:cafe::17", "2001:db8:cafe::17"),
                addresses("IPv6 and a port", "[2001:db8:cafe::17]:80", "2001:db8:cafe::17"),
                addresses("IPv4 and a port", "192.0.2.60:80", "192.0.2.60"),
                addresses("a port that is none", "192.0.2.60:99999", null),
                addresses("an open bracket", "[2001:db8::1", null),
                addresses("something behind a bracket", "[2001:db8::1]x", null),
                addresses("unknown", "6.6.6.6, unknown", null),
                addresses("octal", "192.0.2.060", null),
                addresses("a number", "3221225985", null),
                addresses("too many parts", "192.0.2.1.5", null),
                addresses("markup", "<script>alert(1)</script>", null),
                addresses("a lookup", "${jndi:ldap://evil.example/a}", null),
                addresses("a line break", "192.0.2.60\r\nX: y", null),
                addresses("other digits", "١٩٢.٠.٢.٦٠", null),
                addresses("nothing", " , ", null),
                new Row(
                        "the scheme, the host and the port, each once",
                        "10.0.0.1",
                        List.of(
                                "X-Forwarded-For",
                                "192.0.2.60, 10.1.1.1",
                                "X-Forwarded-Proto",
                                "http",
                                "X-Forwarded-Host",
                                "shop.example",
                                "X-Forwarded-Port",
                                "8080"),
                        new Origin("192.0.2.60", "http", new HostHeader("shop.example", 8080L))),
                new Row(
                        "each hop adds one",
                        "10.0.0.1",
                        List.of(
                                "X-Forwarded-For",
                                "6.6.6.6, 192.0.2.60, 10.1.1.1",
                                "X-Forwarded-Proto",
                                "ftp, https, http",
                                "X-Forwarded-Host",
                                "evil.example, shop.example, in.example"),
                        new Origin("192.0.2.60", "https", new HostHeader("shop.example", null))),
                new Row(
                        "no address, but a scheme",
                        "10.0.0.1",
                        List.of("X-Forwarded-Proto", "https"),
                        new Origin(null, "https", null)),
                new Row(
                        "the port of the host that was asked",
                        "10.0.0.1",
                        List.of("Host", "a.example:1", "X-Forwarded-Port", "443"),
                        new Origin(null, null, new HostHeader("a.example", 443L))),
                new Row("a port without a host", "10.0.0.1", List.of("X-Forwarded-Port", "443"), Origin.UNTOLD),
                new Row(
                        "a port that is none",
                        "10.0.0.1",
                        List.of("Host", "a.example", "X-Forwarded-Port", "0x50"),
                        Origin.UNTOLD),
                new Row(
                        "what stands beside an address that is none",
                        "10.0.0.1",
                        List.of("X-Forwarded-For", "evil", "X-Forwarded-Host", "evil.example"),
                        Origin.UNTOLD),
                new Row(
                        "forty trusted hops",
                        "10.0.0.1",
                        List.of("X-Forwarded-For", "10.1.1.1,".repeat(40)),
                        Origin.UNTOLD),
                new Row(
                        "a stranger is not believed",
                        "198.51.100.9",
                        List.of("X-Forwarded-For", "192.0.2.60", "X-Forwarded-Proto", "http"),
                        Origin.UNTOLD),
                new Row("no headers", "10.0.0.1", List.of(), Origin.UNTOLD));
    }

    @ParameterizedTest
    @MethodSource({"byForwarded", "byXForwarded"})
    void whatIsBelieved(Row row) {
        var request = TestRequest.get("/", row.headers().toArray(String[]::new)).from(row.peer());
        assertThat(PROXIES.origin(request)).isEqualTo(row.expected());
    }

    @ParameterizedTest
    @CsvSource({"31, 192.0.2.60", "32,"})
    void thirtyTwoHopsAreLookedAt(int proxies, @Nullable String client) {
        var forwarded = TestRequest.get("/", "Forwarded", "for=192.0.2.60" + ",for=10.1.1.1".repeat(proxies));
        assertThat(PROXIES.origin(forwarded.from("10.0.0.1")).client()).isEqualTo(client);

        var forwardedFor = TestRequest.get("/", "X-Forwarded-For", "192.0.2.60" + ",10.1.1.1".repeat(proxies));
        assertThat(PROXIES.origin(forwardedFor.from("10.0.0.1")).client()).isEqualTo(client);
    }

    @Test
    void nobodyIsBelievedUnlessNamed() {
        var request = TestRequest.get("/", "Forwarded", "for=192.0.2.60", "X-Forwarded-For", "192.0.2.60");
        assertThat(TrustedProxies.NONE.origin(request.from("10.0.0.1"))).isEqualTo(Origin.UNTOLD);
        assertThat(PROXIES.origin(request.from(null))).isEqualTo(Origin.UNTOLD);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 203.0.113.9, true",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7/32, 192.0.2.8, false",
        "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8:0:1::/64, 2001:db8:0:1:ffff::, true",
        "2001:db8:0:1::/64, 2001:db8:0:2::, false",
        "2001:db8::8/125, 2001:db8::f, true",
        "2001:db8::8/125, 2001:db8::10, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "::ffff:10.0.0.1, 10.0.0.1, true",
    })
    void aRangeHasItsAddresses(String range, String address, boolean contained) {
        IpAddress ip = IpAddress.parse(address);
        assertThat(ip).isNotNull();
        if (ip != null) {
            assertThat(IpRange.parse(range).contains(ip)).isEqualTo(contained);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1",
                "1.2.3",
                "1.2.3.4.",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4/8",
                "1.2.3.4%1",
                ":",
                ":::",
                "1:",
                ":1",
                "::1::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "12345::",
                "g::",
                "::1.2.3",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "fe80::1::%eth0",
                "1:2:3:4:5:6:7:",
                "::1:",
                "a.example",
                "1:2:3:4:5:6:7:8:1.2.3.4",
                "::٣"
            })
    void whatIsNoAddressIsNone(String text) {
        assertThat(IpAddress.parse(text)).isNull();
    }

    @Test
    void addressesAreReadAsTheJdkReadsThem() throws Exception {
        for (String text : List.of(
                "1.2.3.4",
                "::",
                "::1",
                "1::",
                "1::8",
                "1:2:3:4:5:6:7:8",
                "1:2:3::7:8",
                "fe80::a:B:c",
                "64:ff9b::192.0.2.33",
                "1:2:3:4:5:6:1.2.3.4",
                "::2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "2001:0db8:0000:0000:0000:0000:0000:0001")) {
            byte[] bytes = java.net.InetAddress.getByName(text).getAddress();
            long high = 0;
            long low = bytes.length == 4 ? 0xFFFF : 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes.length == 16 && i < 8) {
                    high = high << 8 | (bytes[i] & 0xFF);
                } else {
                    low = low << 8 | (bytes[i] & 0xFF);
                }
            }
            assertThat(IpAddress.parse(text)).as(text).isEqualTo(new IpAddress(high, low));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy.example | not a name",
                "'' | not a name",
                "10.0.0.0/ | a number from 0 to 32",
                "10.0.0.0/33 | a number from 0 to 32",
                "10.0.0.0/-1 | a number from 0 to 32",
                "10.0.0.0/8a | a number from 0 to 32",
                "2001:db8::/129 | a number from 0 to 128",
                "10.0.0.1/8 | leave the slash away",
                "2001:db8::1/32 | leave the slash away",
                "2001:db8:0:0:1::/64 | leave the slash away",
            })
    void misuseSaysHowToMendIt(String range, String says) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedProxies.of("127.0.0.1", range))
                .withMessageContaining(says)
                .withMessageContaining("\"" + range + "\"");
    }

    @Test
    void toTrustNobodyIsMisuse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedProxies.of(new ArrayList<String>().toArray(String[]::new)))
                .withMessageContaining("leave trustedProxies away");
    }
}
