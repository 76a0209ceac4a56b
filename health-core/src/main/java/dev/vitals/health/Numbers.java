package dev.vitals.health;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The JDK's many numbers as the two that every reader knows; those that would take long to write as a text. */
final class Numbers {
    private static final int MOST_BITS = 1024;

    private Numbers() {}

    /** A {@link Long}, a {@link Double} or a text in place of a number; anything else as it is. */
    static @Nullable Object plain(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return value;
        }
        if (number instanceof BigInteger whole) {
            return ofBig(whole, whole);
        }
        if (number instanceof BigDecimal decimal) {
            return ofBig(decimal, decimal.unscaledValue());
        }
        if (number instanceof Float single) {
            // 0.1f is 0.1 to who wrote it, not 0.10000000149011612.
            return Double.valueOf(single.toString());
        }
        if (number instanceof Double) {
            return number;
        }
        double real = number.doubleValue();
        long whole = number.longValue();
        return real == whole ? (Object) whole : (Object) real;
    }

    /** A number for people: without the fraction where there is none. */
    static String words(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static Object ofBig(Number number, BigInteger digits) {
        if (digits.bitLength() > MOST_BITS) {
            return "[a number of " + digits.bitLength() + " bits]";
        }
        return number instanceof BigInteger whole && whole.bitLength() < Long.SIZE
                ? (Object) whole.longValue()
                : number.toString();
    }
}
