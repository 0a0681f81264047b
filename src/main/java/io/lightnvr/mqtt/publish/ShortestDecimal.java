package io.lightnvr.mqtt.publish;

import com.fasterxml.jackson.core.io.schubfach.FloatToDecimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes a float32 as the shortest plain decimal that is the same float32: the one with the fewest significant digits,
 * and of those the nearest. {@code 0.92}, {@code 1}, {@code 0}, {@code 0.00001}; no exponent, no {@code -0}, no
 * {@code 1.0}.
 *
 * <p>{@link Float#toString(float)} gives too many digits for some numbers before JDK 19 (JDK-4511638). Jackson has the
 * algorithm that repaired it, in a package that it does not promise to keep.
 */
final class ShortestDecimal {

    /** Jackson always writes two digits; up to here, where floats are few, one may be enough. */
    private static final float TINY = 100 * Float.MIN_VALUE;

    private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

    private ShortestDecimal() {}

    /**
     * The number as text.
     *
     * @param number any finite number
     * @throws IllegalArgumentException if it is not finite
     */
    static String of(float number) {
        if (!Float.isFinite(number)) {
            throw new IllegalArgumentException(number + " has no decimal");
        }
        String text = number == 0 ? "0" : FloatToDecimal.toString(number);
        if (text.indexOf('E') < 0) {
            return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        }
        BigDecimal shortest = Math.abs(number) < TINY ? tiny(number) : new BigDecimal(text);
        return shortest.stripTrailingZeros().toPlainString();
    }

    private static BigDecimal tiny(float number) {
        BigDecimal oneDigit = new BigDecimal(number).round(ONE_DIGIT);
        return oneDigit.floatValue() == number ? oneDigit : new BigDecimal(FloatToDecimal.toString(number));
    }
}
