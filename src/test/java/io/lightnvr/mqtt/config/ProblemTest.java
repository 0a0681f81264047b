package io.lightnvr.mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void printsKeyValueRuleAndWhatToDo() {
        Problem problem = new Problem("mqtt.qos", "3", "is out of range", "use a whole number from 0 to 2");

        assertThat(problem).hasToString("mqtt.qos: 3 is out of range; use a whole number from 0 to 2");
    }

    @Test
    void printsNoValueWhereThereIsNoneToShow() {
        Problem problem = Problem.of("nvr.password", "is set without nvr.username", "set both");

        assertThat(problem).hasToString("nvr.password: is set without nvr.username; set both");
    }

    @Test
    void letsNoForeignTextForgeALogLine() {
        Problem problem = new Problem("a\nb", "c\r\n\u001b[31m\u2028\u202e", "is wrong\n", "mend it");

        assertThat(problem).hasToString("a?b: c???[31m?? is wrong?; mend it");
    }

    @Test
    void cutsALongValueBetweenCharacters() {
        Problem problem = new Problem("key", "\uD83D\uDE00".repeat(81), "is long", "cut it");

        assertThat(problem.value()).isEqualTo("\uD83D\uDE00".repeat(80) + "...");
    }

    @Test
    void isOneLineOfTheException() {
        Problem first = Problem.of("a", "is wrong", "mend it");
        Problem second = Problem.of("b", "is wrong too", "mend it as well");

        ConfigurationException exception = new ConfigurationException(List.of(first, second));

        assertThat(exception.problems()).containsExactly(first, second);
        assertThat(exception).hasMessage("a: is wrong; mend it\nb: is wrong too; mend it as well");
    }
}
