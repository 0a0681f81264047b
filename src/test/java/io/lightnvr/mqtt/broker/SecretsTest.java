package io.lightnvr.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretsTest {

    @Test
    void areNeverPrinted() {
        BrokerSettings settings = new BrokerSettings(
                "::1",
                1883,
                "id",
                Optional.of(new Credentials("door", "hunter2", "check them")),
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty());

        assertThat(settings.toString()).contains("door").doesNotContain("hunter2");
        assertThat(settings.address()).isEqualTo("[::1]:1883");
    }
}
