package io.lightnvr.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
                Optional.of(new BrokerSettings.Tls(
                        Optional.empty(),
                        Optional.of(new BrokerSettings.ClientFiles(
                                Path.of("client.pem"), Path.of("client.key"), Optional.of("hunter3"))))),
                Optional.empty());

        assertThat(settings.toString()).contains("door", "client.key").doesNotContain("hunter");
        assertThat(settings.address()).isEqualTo("[::1]:1883");
    }
}
