package io.lightnvr.mqtt.demo.recorder;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Prints numbers as the recorder's JSON library (cJSON) does: with 15 significant digits if these are within a double's
 * precision of the number, else with 17, both as C's {@code %g}. That is why {@code 0.92f} is {@code 0.92000001668930054} and
 * {@code 0.3f} is {@code 0.300000011920929}.
 */
final class CNumber {

    private static final int SHORT_DIGITS = 15;
    private static final int LONG_DIGITS = 17;
    private static final double EPSILON = Math.ulp(1.0);
    private static final int LEAST_PLAIN_EXPONENT = -4;

    private CNumber() {}

    /** The number as JSON text; {@code null} if it is not finite. */
    static String text(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        String brief = general(value, SHORT_DIGITS);
        return isClose(Double.parseDouble(brief), value) ? brief : general(value, LONG_DIGITS);
    }

    private static boolean isClose(double a, double b) {
        return Math.abs(a - b) <= Math.max(Math.abs(a), Math.abs(b)) * EPSILON;
    }

    /** C's {@code %.<digits>g}. */
    private static String general(double value, int digits) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        BigDecimal stripped = rounded.stripTrailingZeros();
        if (exponent >= LEAST_PLAIN_EXPONENT && exponent < digits) {
            return stripped.toPlainString();
        }
        BigDecimal mantissa = stripped.movePointLeft(exponent);
        return "%se%s%02d".formatted(mantissa.toPlainString(), exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
