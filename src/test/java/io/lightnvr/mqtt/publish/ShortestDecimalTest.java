package io.lightnvr.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortestDecimalTest {

    private static final Pattern PLAIN = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?");

    @ParameterizedTest
    @CsvSource({
        "0.92000001668930054, 0.92",
        "0.3, 0.3",
        "1, 1",
        "0, 0",
        "-0.0, 0",
        "-0.25, -0.25",
        "0.00001, 0.00001",
        "100, 100",
        "0.1, 0.1",
        "0.33333334, 0.33333334",
        "0.99999994, 0.99999994",
        "2e-3, 0.002",
        "8.41e21, 8410000000000000000000",
        "2e10, 20000000000",
        "16777216, 16777216",
        "3.4028235e38, 340282350000000000000000000000000000000",
        "1.4e-45, 0.000000000000000000000000000000000000000000001",
        // Powers of two, which have more room above than below: the nearest decimals with so many digits, ...774 and
        // ...500, are other floats. Float.toString takes a ninth digit, before JDK 19.
        "1.26217745e-29, 0.000000000000000000000000000012621775",
        "1.54742505e26, 154742510000000000000000000",
    })
    void writesThePlainDecimal(float number, String decimal) {
        assertThat(ShortestDecimal.of(number)).isEqualTo(decimal);
    }

    @Test
    void isTheSameFloatAndNoShorterOneIsBetween0And1() {
        Random random = new Random(1);
        float[] numbers = new float[900_000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat();
        }

        assertAllShortest(numbers.length, i -> numbers[i]);
    }

    @Test
    void isTheSameFloatAndNoShorterOneIsForAnyBits() {
        Random random = new Random(2);
        float[] numbers = new float[100_000];
        for (int i = 0; i < numbers.length; ) {
            numbers[i] = Float.intBitsToFloat(random.nextInt());
            i += Float.isFinite(numbers[i]) ? 1 : 0;
        }

        assertAllShortest(numbers.length, i -> numbers[i]);
    }

    @Test
    void isTheNearestWithSoManyDigits() {
        Random random = new Random(3);

        assertThat(IntStream.range(0, 20_000)
                        .mapToObj(i -> i % 2 == 0 ? random.nextFloat() : Float.intBitsToFloat(random.nextInt()))
                        .filter(Float::isFinite)
                        .filter(number -> !isNearest(number)))
                .isEmpty();
    }

    @Test
    void isTheSameFloatAndNoShorterOneIsForAllPowersOfTwoAndTheirNeighbours() {
        assertAllShortestAround(Float.MIN_EXPONENT - 23, Float.MAX_EXPONENT, exponent -> Math.scalb(1d, exponent));
    }

    @Test
    void isTheSameFloatAndNoShorterOneIsForAllPowersOfTenAndTheirNeighbours() {
        assertAllShortestAround(-44, 38, exponent -> Double.parseDouble("1e" + exponent));
    }

    @Test
    void isTheSameFloatAndNoShorterOneIsAtTheEnds() {
        float[] ends = {Float.MIN_VALUE, Float.MIN_NORMAL, Math.nextDown(Float.MIN_NORMAL), Float.MAX_VALUE};

        assertAllShortest(ends.length, i -> ends[i]);
        assertAllShortest(ends.length, i -> -ends[i]);
    }

    @Test
    void writesThousandthsAsTheyStand() {
        for (int i = 0; i <= 1000; i++) {
            String expected =
                    new BigDecimal(i).movePointLeft(3).stripTrailingZeros().toPlainString();

            assertThat(ShortestDecimal.of(i / 1000f)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void saysThatANumberMustBeFinite(float number) {
        assertThatThrownBy(() -> ShortestDecimal.of(number)).hasMessage(number + " has no decimal");
    }

    private static void assertAllShortestAround(int first, int last, IntToDoubleFunction power) {
        assertAllShortest(3 * (last - first + 1), i -> {
            float number = (float) power.applyAsDouble(first + i / 3);
            return i % 3 == 0 ? Math.nextDown(number) : i % 3 == 1 ? number : Math.nextUp(number);
        });
    }

    /** Says which numbers failed; an assertion per number would take longer than the numbers. */
    private static void assertAllShortest(int count, IntToDoubleFunction numbers) {
        assertThat(IntStream.range(0, count)
                        .parallel()
                        .mapToObj(i -> (float) numbers.applyAsDouble(i))
                        .filter(number -> !isShortest(number))
                        .limit(10))
                .isEmpty();
    }

    private static boolean isShortest(float number) {
        String text = ShortestDecimal.of(number);
        return PLAIN.matcher(text).matches()
                && Float.parseFloat(text) == number
                && (number == 0 || isFewestDigits(number, new BigDecimal(text).stripTrailingZeros()));
    }

    /**
     * The decimals with one digit less on both sides of this one are other floats. This one lies in the range of its
     * float, which has no holes; so every decimal with fewer digits is another float.
     */
    private static boolean isFewestDigits(float number, BigDecimal decimal) {
        long below = decimal.unscaledValue().longValueExact() / 10;
        long beyond = below + decimal.signum();
        int exponent = 1 - decimal.scale();
        return decimal.precision() == 1
                || Float.parseFloat(below + "e" + exponent) != number
                        && Float.parseFloat(beyond + "e" + exponent) != number;
    }

    /** The nearest with so many digits; another one only where the nearest is another float. */
    private static boolean isNearest(float number) {
        BigDecimal decimal = new BigDecimal(ShortestDecimal.of(number)).stripTrailingZeros();
        MathContext sameDigits = new MathContext(decimal.precision(), RoundingMode.HALF_EVEN);
        BigDecimal nearest = new BigDecimal(number).round(sameDigits);
        return decimal.compareTo(nearest) == 0 || nearest.floatValue() != number;
    }
}
