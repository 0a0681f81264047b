package io.lightnvr.mqtt.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "front door-2_A | 'front door-2_A'",
                "it's }} %} \" \\ | 'it\\U00000027s \\U0000007d\\U0000007d \\U00000025\\U0000007d \\U00000022 \\U0000005c'",
                "Tür | 'T\\U000000fcr'",
                "🚗 | '\\U0001f697'",
            })
    void nothingEndsALiteral(String text, String literal) {
        assertThat(Template.literal(text)).isEqualTo(literal);
    }

    @Test
    void listsLiterals() {
        assertThat(Template.list(List.of("a", "b"))).isEqualTo("['a', 'b']");
    }
}
