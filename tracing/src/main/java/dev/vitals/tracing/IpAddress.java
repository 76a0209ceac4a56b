package dev.vitals.tracing;

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

    private static @Nullable IpAddress six(String text, int end) {
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int at = 0;
        while (at < end) {
            if (text.charAt(at) == ':') {
                boolean twice = at + 1 < end && text.charAt(at + 1) == ':';
                if (twice && gap < 0) {
                    gap = count;
                    at += 2;
                    continue;
                }
                if (twice || count == 0 || gap == count || ++at == end) {
                    return null;
                }
            }
            int groupEnd = at;
            while (groupEnd < end && text.charAt(groupEnd) != ':') {
                groupEnd++;
            }
            if (text.indexOf('.', at) >= 0 && groupEnd == end) {
                long four = four(text, at, end);
                if (four < 0 || count > 6) {
                    return null;
                }
                groups[count++] = (int) (four >>> 16);
                groups[count++] = (int) (four & 0xFFFF);
            } else {
                int group = group(text, at, groupEnd);
                if (group < 0 || count > 7) {
                    return null;
                }
                groups[count++] = group;
            }
            at = groupEnd;
        }
        return gap < 0 ? count == 8 ? of(groups) : null : count < 8 ? of(opened(groups, count, gap)) : null;
    }

    private static int[] opened(int[] groups, int count, int gap) {
        int[] all = new int[8];
        System.arraycopy(groups, 0, all, 0, gap);
        System.arraycopy(groups, gap, all, 8 - (count - gap), count - gap);
        return all;
    }

    private static IpAddress of(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + 4];
        }
        return new IpAddress(high, low);
    }

    private static int group(String text, int from, int end) {
        if (end == from || end - from > 4) {
            return -1;
        }
        int group = 0;
        for (int i = from; i < end; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            group = group << 4 | digit;
        }
        return group;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
