package io.lightnvr.mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class OptionTest {

    @Test
    void keepsEveryPasswordAndKeySecret() {
        assertThat(Option.all().stream().filter(option -> option.key().matches(".*(password|api_key)")))
                .hasSize(5)
                .allMatch(option -> option.type() == OptionType.SECRET);
    }

    @Test
    void hasARuleThatTakesItsDefault() {
        assertThat(Option.all()).allSatisfy(option -> {
            assertThat(option.rule()).as(option.key()).isNotNull();
            option.defaultValue()
                    .ifPresent(value -> assertThat(Reading.problemsWith(option.key(), value))
                            .as(option.key())
                            .isEmpty());
        });
    }

    @Test
    void mayBeBlankWhereNoDefaultHolds() {
        assertThat(Option.of("mqtt.broker_port").mayBeBlank()).isTrue();
        assertThat(Option.of("mqtt.qos").mayBeBlank()).isFalse();
    }

    @Test
    void isFoundBySectionAndNameOnly() {
        assertThat(Option.find("mqtt", "qos")).contains(Option.of("mqtt.qos"));
        assertThat(Option.find("", "log_level")).contains(Option.of("log_level"));
        assertThat(Option.find("", "mqtt.qos")).isEmpty();
    }

    @Test
    void mustExistWhereTheProgramNamesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Option.of("mqtt.quos"))
                .withMessage("There is no option mqtt.quos");
    }
}
