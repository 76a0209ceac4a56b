package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AddressesTest {
    private static final String ADDRESSES = """
            10.1.2.3 ⇒ [ipv4]
            from 192.168.1.17:51234 to 8.8.8.8. ⇒ from [ipv4]:51234 to [ipv4].
            10.0.0.0/8 and 172.16.254.1/32 ⇒ [ipv4]/8 and [ipv4]/32
            http://93.184.216.34/a?ip=10.1.2.3&x=1 ⇒ http://[ipv4]/a?ip=[ipv4]&x=1
            10.1.2.3 - - [21/Nov/2026:21:39:46 +0000] "GET / HTTP/1.1" 200 ⇒ [ipv4] - - [21/Nov/2026:21:39:46 +0000] "GET / HTTP/1.1" 200
            db.acme.example/10.0.0.5:5432, /10.0.0.6 ⇒ db.acme.example/[ipv4]:5432, /[ipv4]
            Host/10.0.0.5:80 ⇒ Host/[ipv4]:80
            {"ip":"10.1.2.3"} {ip=10.1.2.3} ⇒ {"ip":"[ipv4]"} {ip=[ipv4]}
            a\\n10.1.2.3 and q%3D10.1.2.3 ⇒ a\\n[ipv4] and q%3D[ipv4]
            inet addr:10.1.2.3 ⇒ inet addr:[ipv4]
            10.0.0.1-10.0.0.9 ⇒ [ipv4]-[ipv4]
            SendThread(10.0.0.1-2) ⇒ SendThread([ipv4]-2)
            root@10.1.2.3, 10.1.2.4,10.1.2.5 ⇒ root@[ipv4], [ipv4],[ipv4]
            driver of 10.1.2.3 ⇒ driver of [ipv4]
            10.2.3.4- and -10.2.3.4 ⇒ [ipv4]- and -[ipv4]
            2001:4860:4860::8888 ⇒ [ipv6]
            d80:e4b5:79da:6cf6:71f3:51f7:9161:c319 ⇒ [ipv6]
            [2a00:1450:4001:81b::200e]:443 ⇒ [[ipv6]]:443
            fe80::1ff:fe23:4567:890a%eth0 up ⇒ [ipv6] up
            2001:4860::/32 fd00::1/64 ⇒ [ipv6]/32 [ipv6]/64
            ::ffff:10.1.2.3 64:ff9b::8.8.8.8 ⇒ [ipv6] [ipv6]
            ff02::1, FE80::A1 ⇒ [ipv6], [ipv6]
            1:2:3:4:5:6:7:8f0a ⇒ [ipv6]
            1080:0:0:0:8:800:200c:417a:8080 ⇒ [ipv6]:8080
            addr:2a02:8108::9 ⇒ addr:[ipv6]
            {"ip":"2a02:8108:1::9"} ⇒ {"ip":"[ipv6]"}
            2a02:8108:1::9: unreachable ⇒ [ipv6]: unreachable
            00:1a:2b:3c:4d:5e ⇒ [mac]
            HWaddr 00-1A-2B-3C-4D-5E, aa-bb-cc-dd-ee-f1 ⇒ HWaddr [mac], [mac]
            mac:3c:22:fb:4d:5e:6f. ⇒ mac:[mac].
            device:3c:22:fb:4d:5e:6f ⇒ device:[mac]
            <ip>2a02:8108:1::9</ip><mac>00:1a:2b:3c:4d:5e</mac> ⇒ <ip>[ipv6]</ip><mac>[mac]</mac>
            '2a02:8108:1::9' [main]2a02:8108:1::9 ⇒ '[ipv6]' [main][ipv6]
            aa-bb-cc-dd-ee-1f aa-bb-cc-dd-e1-ff- ⇒ [mac] [mac]-
            up aa-bb-cc-dd-ee-f1. up aa-bb-cc-dd-ee-11. ⇒ up [mac]. up [mac].
            00:1a:2b:3c:4d:5e: up ⇒ [mac]: up
            at abcde:2a02:8108:1::9 or abcdef:2a02:8108:1::9 ⇒ at abcde:[ipv6] or abcdef:[ipv6]
            at x123:2a02:8108:1::9 ⇒ at x123:[ipv6]
            2a02:8108:1::9. 2a02:8108:1::9: 2a02:8108:1::9% up ⇒ [ipv6]. [ipv6]: [ipv6]% up
            1080:0:0:0:8:800:200c:417a: x ⇒ [ipv6]: x
            fe80::1ff:fe23:4567:890a%eth0. up ⇒ [ipv6]. up
            ::ffff:a1b2 64::a1b2 2000::a1b2 3fff::a1b2 fc00::a1b2 ⇒ [ipv6] [ipv6] [ipv6] [ipv6] [ipv6]
            ::2001:db8:a1:b2 1:2:3:a1b2:: ⇒ [ipv6] [ipv6]
            """;

    private static final String HARMLESS = """
            127.0.0.1:8080 localhost/127.0.0.1 127.8.9.10
            0.0.0.0:80 255.255.255.255 255.255.255.0
            192.0.2.7 198.51.100.7 203.0.113.7
            v1.2.3.4 1.2.3.4-SNAPSHOT 1.2.3.4.Final 1.2.3.4-rc1
            lib-1.2.3.4.jar lib_1.2.3.4 1.2.3.4.jar
            Chrome/120.0.0.0 Edge/12.3.4.5 Chrome/120.0.6099.109
            version 1.2.3.4, Version: 1.2.3.4, "version":"1.2.3.4"
            version=1.2.3.4 release 1.2.3.4 build 1.2.3.4 v 1.2.3.4
            <version>1.2.3.4</version> <version.lib>4.1.1.4</version.lib>
            Implementation-Version: 1.2.3.4
            section 4.2.1.10 of, §4.2.1.10, jls 8.1.1.2
            ObjectId: 2.5.29.15 oid 2.5.29.15
            org.acme:lib:1.2.3.4 org.acme:lib:jar:1.2.3.4:compile
            socat 1.7.4.4-2 (1.2.5.1-2)
            1.2.3.4+build.5 >=1.2.3.4 ~1.2.3.4 ^1.2.3.4
            1.3.6.1.4.1.311 1.2.3.4.5
            (1.2.3) [256.1.1.1] (01.2.3.4) (1.2.3.256) (1.2
            node-10.2.3.4 <=10.2.3.4 >=10.2.3.4 10.2.3.4-rc1
            256.1.1.1 1.2.3.256 01.2.3.4 1.2.3.04 1.2.3
            1.2.3.4a 1.2.3.4_x x1.2.3.4
            2026-11-21T07:15:47.123Z 07:15:47 07:15:47,123
            21/Nov/2026:21:39:46 +0000
            ::1 [::1]:8080 :: ::/0 0:0:0:0:0:0:0:1 2001:db8::1 2001:0db8:85a3::8a2e:370:7334
            ::ffff:127.0.0.1
            String::valueOf int[]::new Foo::bar a::b std::cafe dead::beef d3d::x a1::b2
            dead:beef cafe:babe face:b00c:1
            1:2:3:4:5:6:7:8 1:2:3 10:20:30
            AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01
            50:06:01:60:3b:a0:12:34
            00:00:00:00:00:00 ff:ff:ff:ff:ff:ff FF-FF-FF-FF-FF-FF
            00-1A-2B-3C-4D-5E-6F 00:1a:2b:3c:4d 00-1a-2b-3c-4d
            123e4567-e89b-12d3-a456-426614174000
            2026-11-21 12-34-56 2026-11-21-07-15-47
            at com.acme.Main.main(Main.java:42) 10:31
            a:b:c:d:e:f:g:h 1a:2b: x:1
            arn:aws:iam::123456789012:user/x
            jar:file:/x.jar!/a key:value:12
            0x1f:0x2e g2001:4860::1x
            2001:4860:4860::8888:: 1::2::3 2001:4860:1:2:3:4:5:6:7:8
            12345:1::2 2001:4860::12345
            .2a02:8108:1::9 _2a02:8108:1::9 -2a02:8108:1::9 $2a02:8108:1::9 List<String>::new
            gfe80::a1 fd0::a12 fe80::1x fe80::1.x fe80::9:x fe80::9:: fe80::1_x
            ::fffe:a1b2 1fff::a1b2 4000::a1b2 fbff::a1b2 1:2:a1b2:: 2a02:8108:1:2:3:4:5::6
            0000:0000:0000:0000:0000:0000:0000:0001 1:2:3:4:5:6:7:80
            1080:0:0:0:8:800:200c:417a:808056 1080:0:0:0:8:800:200c:417a:8080a 1080:0:0:0:8:800:200c:417a:8080:1
            00-1a-2b-3c-4d-zz 00:1a:2b:zz:4d:5e
            [ipv4] [ipv6]:443 [mac]
            """;

    private final Scrubber scrubber =
            Scrubber.builder().only(Kind.IPV4, Kind.IPV6, Kind.MAC).build();

    static Stream<Arguments> addresses() {
        return TextTable.changes(ADDRESSES);
    }

    static Stream<String> harmless() {
        return TextTable.lines(HARMLESS);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void addressesAreFoundAndNothingElse(String text, String expected) {
        assertThat(scrubber.scrub(text)).isEqualTo(expected);
        assertThat(scrubber.scrub(expected)).isSameAs(expected);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void whatIsNoAddressOrNobodysStays(String text) {
        assertThat(scrubber.scrub(text)).isSameAs(text);
    }

    @Test
    void eachKindHasItsOwnSwitch() {
        String text = "10.1.2.3 2001:4860:4860::8888 00:1a:2b:3c:4d:5e 00-1a-2b-3c-4d-5e";

        assertThat(Scrubber.builder().only(Kind.IPV4).build().scrub(text))
                .isEqualTo("[ipv4] 2001:4860:4860::8888 00:1a:2b:3c:4d:5e 00-1a-2b-3c-4d-5e");
        assertThat(Scrubber.builder().only(Kind.IPV6).build().scrub(text))
                .isEqualTo("10.1.2.3 [ipv6] 00:1a:2b:3c:4d:5e 00-1a-2b-3c-4d-5e");
        assertThat(Scrubber.builder().only(Kind.MAC).build().scrub(text))
                .isEqualTo("10.1.2.3 2001:4860:4860::8888 [mac] [mac]");
    }
}
