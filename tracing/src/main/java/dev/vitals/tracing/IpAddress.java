package dev.vitals.tracing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An address by its 128 bits (RFC 4291, 2.2); one of IPv4 is the IPv6 address that maps it (2.5.5.2), so that the two ways
 * to write it are the same. Read without any resolver: a name is none.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
record IpAddress(long high, long low) {
    private static final int LONGEST = 45;
    private static final long MAPPED = 0xFFFF_0000_0000L;

    /** Null for whatever is no address; the zone of one (RFC 4007, 11) is left out. */
    static @Nullable IpAddress parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int zone = text.indexOf('%');
        int end = zone > 0 && text.indexOf(':') >= 0 ? zone : text.length();
        if (end > LONGEST) {
            return null;
        }
        if (text.indexOf(':') < 0) {
            long four = four(text, 0, end);
            return four < 0 ? null : new IpAddress(0, MAPPED | four);
        }
        return six(text, end);
    }

    boolean isIpv4() {
        return high == 0 && low >>> 32 == 0xFFFF;
    }

    /** Whether the first bits of the two are the same. */
    boolean sharesPrefix(IpAddress other, int bits) {
        long differentHigh = high ^ other.high;
        long differentLow = low ^ other.low;
        return bits <= 64
                ? bits == 0 || differentHigh >>> (64 - bits) == 0
                : differentHigh == 0 && differentLow >>> (128 - bits) == 0;
    }

    /** Four numbers without leading zeros, which some read as octal; -1 where it is none. */
    private static long four(String text, int from, int end) {
        long address = 0;
        int at = from;
        for (int part = 0; part < 4; part++) {
            int start = at;
            int number = 0;
            while (at < end && at - start < 3 && isDigit(text.charAt(at))) {
                number = number * 10 + (text.charAt(at) - '0');
                at++;
            }
            boolean padded = at - start > 1 && text.charAt(start) == '0';
            if (at == start || padded || number > 255) {
                return -1;
            }
            if (part < 3 && (at == end || text.charAt(at++) != '.')) {
                return -1;
            }
            address = address << 8 | number;
        }
        return at == end ? address : -1;
    }

    /** In brackets nothing but an address is read, and no name is looked up. */
    @SuppressWarnings("AddressSelection") // That is about names, of which there is none.
    private static @Nullable IpAddress six(String text, int end) {
        byte[] address;
        try {
            address = InetAddress.getByName('[' + text.substring(0, end) + ']').getAddress();
        } catch (UnknownHostException none) {
            return null;
        }
        ByteBuffer bits = ByteBuffer.wrap(address);
        return address.length == Integer.BYTES
                ? new IpAddress(0, MAPPED | Integer.toUnsignedLong(bits.getInt()))
                : new IpAddress(bits.getLong(), bits.getLong());
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
