package io.lightnvr.mqtt.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MutationsTest {

    private static final String VALID = "{\"name\":\"door\",\"second\":1795352249}";
    private static final int LONGEST = 5_000;

    private final Mutations mutations = new Mutations(List.of(bytes(VALID), bytes("[{\"a\":true}]")), LONGEST);

    @Test
    void anInputDependsOnItsSeedAndNumberAlone() {
        byte[] first = mutations.input(7, 42);
        mutations.input(7, 43);

        assertThat(mutations.input(7, 42)).isEqualTo(first);
        assertThat(inputs(7)).isEqualTo(inputs(7)).isNotEqualTo(inputs(8));
    }

    @Test
    void inputsDifferStayWithinTheirLengthAndReachIt() {
        List<String> inputs = inputs(1);

        assertThat(new HashSet<>(inputs)).hasSizeGreaterThan(1_200);
        assertThat(inputs).allMatch(input -> input.length() <= LONGEST).anyMatch(input -> input.length() == LONGEST);
    }

    @Test
    void someAreValidSomeNearlyAndSomeAreStrange() {
        Set<String> inputs = new HashSet<>(inputs(1));

        assertThat(inputs)
                .contains(VALID)
                .anyMatch(input -> input.startsWith("{\"name\":\"door\",\"second\":-"))
                .anyMatch(input -> input.startsWith("{\"name\":null"))
                .anyMatch(input -> input.contains("\\ud800"))
                .anyMatch(input -> input.contains("[".repeat(100)))
                .anyMatch(input -> input.contains("\u00ed\u00a0\u0080"))
                .anyMatch(input -> input.contains("door") && input.contains("[{\"a\""));
    }

    @Test
    void bearsACorpusOfNothing() {
        Mutations ofNothing = new Mutations(List.of(new byte[0]), LONGEST);

        assertThat(IntStream.range(0, 3_000).mapToObj(i -> ofNothing.input(1, i)))
                .anyMatch(input -> input.length > 0);
    }

    /** As one character for each byte. */
    private List<String> inputs(long seed) {
        return IntStream.range(0, 3_000)
                .mapToObj(i -> new String(mutations.input(seed, i), StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
