package io.lightnvr.mqtt.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {

    @Test
    void isOneLineWithItsRemedy() {
        assertThat(Finding.warning("broker", "is slow", "wait")).hasToString("broker: is slow -> wait");
        assertThat(Finding.ok("broker", "answers")).hasToString("broker: answers");
    }

    @Test
    void cannotForgeAnotherLine() {
        assertThat(Finding.ok("recorder", "has the name a\nok\u2028b\u202Ec"))
                .hasToString("recorder: has the name a?ok?b?c");
    }
}
