package dev.vitals.tracing;

/**
 * A range of addresses (RFC 4632, 3.1; RFC 4291, 2.3).
 *
 * @param address its first one
 * @param bits how many bits all of them share, of 128
 */
record IpRange(IpAddress address, int bits) {
    /**
     * Reads an address or a range.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static IpRange parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("a trusted proxy is an address or a range of addresses, 10.0.0.0/8 or"
                    + " 2001:db8::/32, not a name: \"" + text + "\"");
        }
        boolean four = text.indexOf(':') < 0;
        int most = four ? 32 : 128;
        int bits = slash < 0 ? most : bits(text, slash + 1, most);
        if (bits < 0) {
            throw new IllegalArgumentException(
                    "behind the slash of a range stands a number from 0 to " + most + ", not so in \"" + text + "\"");
        }
        int ofAll = four ? bits + 96 : bits;
        if (!isFirst(address, ofAll)) {
            throw new IllegalArgumentException("\"" + text + "\" is an address within a range: write the range's first"
                    + " address, with zeros behind its first " + bits + " bits, or leave the slash away");
        }
        return new IpRange(address, ofAll);
    }

    boolean contains(IpAddress other) {
        return address.sharesPrefix(other, bits);
    }

    private static int bits(String text, int from, int most) {
        if (text.length() - from < 1 || text.length() - from > 3) {
            return -1;
        }
        int bits = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            bits = bits * 10 + (c - '0');
        }
        return bits <= most ? bits : -1;
    }

    private static boolean isFirst(IpAddress address, int bits) {
        long high = bits >= 64 ? 0 : address.high() << bits;
        long low = bits >= 128 ? 0 : bits <= 64 ? address.low() : address.low() << (bits - 64);
        return high == 0 && low == 0;
    }
}
