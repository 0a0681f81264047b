package io.lightnvr.mqtt.publish;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes a float32 as the shortest plain decimal that is the same float32: the one with the fewest significant digits,
 * and of those the nearest. {@code 0.92}, {@code 1}, {@code 0}, {@code 0.00001}; no exponent, no {@code -0}, no
 * {@code 1.0}.
 *
 * <p>{@link Float#toString(float)} is not it: before JDK 19 it gives too many digits for some numbers (JDK-4511638).
 *
 * <p>A decimal is the same float when it lies between the middles to the two neighbours; a middle itself belongs to
 * the float whose bits are even. A middle has at most 25 significant bits and 5^12 has 28, so a middle times a power of
 * ten up to 10^12 is exact in a double, and so is the comparison with an integer. That is the quick way for all numbers
 * of ordinary size; the few others go through {@link BigDecimal}.
 */
final class ShortestDecimal {

    /** The powers of ten for which the quick way is exact. */
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};

    /** From here on floats lie more than one apart, so that even whole digits can be too many. */
    private static final float LARGE = 1 << 24;

    /** With so many significant digits every float32 is told from every other. */
    private static final int ENOUGH_DIGITS = 9;

    private ShortestDecimal() {}

    /**
     * The number as text.
     *
     * @param number any finite number
     */
    static String of(float number) {
        if (!Float.isFinite(number)) {
            throw new IllegalArgumentException(number + " has no decimal");
        }
        return number < 0 ? "-" + positive(-number) : positive(Math.abs(number));
    }

    private static String positive(float number) {
        if (number < LARGE) {
            double low = ((double) number + Math.nextDown(number)) / 2;
            double high = ((double) number + Math.nextUp(number)) / 2;
            boolean even = (Float.floatToRawIntBits(number) & 1) == 0;
            for (int decimals = 0; decimals < POWERS.length; decimals++) {
                double power = POWERS[decimals];
                double digits = nearest(number * power, low * power);
                if (isBetween(low * power, digits, high * power, even)) {
                    return text((long) digits, decimals);
                }
            }
        }
        return exactly(number);
    }

    /** The integer nearest to a number, or the next one where that is too low: a power of two has more room above. */
    private static double nearest(double number, double low) {
        double nearest = Math.rint(number);
        return nearest < low ? nearest + 1 : nearest;
    }

    private static boolean isBetween(double low, double number, double high, boolean inclusive) {
        return low < number && number < high || inclusive && (number == low || number == high);
    }

    private static String text(long digits, int decimals) {
        if (decimals == 0) {
            return Long.toString(digits);
        }
        StringBuilder text = new StringBuilder(2 + POWERS.length).append(digits);
        while (text.length() <= decimals) {
            text.insert(0, '0');
        }
        return text.insert(text.length() - decimals, '.').toString();
    }

    /** If some number of digits is enough, more digits are; so this takes away one after the other. */
    private static String exactly(float number) {
        BigDecimal exact = new BigDecimal(number);
        BigDecimal shortest = exact.round(new MathContext(ENOUGH_DIGITS, RoundingMode.HALF_EVEN));
        for (int digits = ENOUGH_DIGITS - 1; digits > 0; digits--) {
            BigDecimal shorter = rounded(exact, digits, number);
            if (shorter.floatValue() != number) {
                break;
            }
            shortest = shorter;
        }
        return shortest.stripTrailingZeros().toPlainString();
    }

    private static BigDecimal rounded(BigDecimal exact, int digits, float number) {
        BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        return nearest.floatValue() == number ? nearest : exact.round(new MathContext(digits, RoundingMode.UP));
    }
}
