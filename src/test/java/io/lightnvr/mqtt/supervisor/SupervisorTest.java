package io.lightnvr.mqtt.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.ConnectFailure.Kind;
import io.lightnvr.mqtt.broker.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupervisorTest {

    private static final BrokerSettings OURS = settings(Optional.empty());
    private static final BrokerSettings.Tls SYSTEM = new BrokerSettings.Tls(Optional.empty(), Optional.empty());

    private final FakeSupervisor fake = FakeSupervisor.start();

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void tellsWhereTheBrokerIsAndHowToLogIn() throws Exception {
        fake.tellBroker(1884, "addons", "s3cret");

        BrokerSettings settings = supervisor().broker(OURS, SYSTEM);

        assertThat(settings.address()).isEqualTo("127.0.0.1:1884");
        assertThat(settings.credentials().map(Credentials::username)).contains("addons");
        assertThat(settings.credentials().map(Credentials::password)).contains("s3cret");
        assertThat(settings.tls()).isEmpty();
        assertThat(settings.clientId()).isEqualTo("lightnvr-mqtt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"host\":\"core-mosquitto\",\"port\":\"1883\"}",
                "{\"host\":\"core-mosquitto\",\"port\":1883,\"username\":null,\"password\":null,\"ssl\":null}",
                "{\"host\":\"core-mosquitto\",\"port\":1883,\"username\":\"\",\"password\":\"\"}"
            })
    void takesAPortAsTextAndABrokerWithoutALogin(String data) throws Exception {
        fake.tell(200, "{\"result\":\"ok\",\"data\":" + data + "}");

        BrokerSettings settings = supervisor().broker(OURS, SYSTEM);

        assertThat(settings)
                .isEqualTo(new BrokerSettings(
                        "core-mosquitto",
                        1883,
                        "lightnvr-mqtt",
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void takesTheUsersOwnLoginAndAuthorityWhereThereIsOne() throws Exception {
        fake.tell(
                200,
                "{\"result\":\"ok\",\"data\":{\"host\":\"b\",\"port\":8883,\"ssl\":true,\"username\":\"addons\",\"password\":\"x\"}}");
        Optional<Credentials> own = Optional.of(new Credentials("anna", "hers", "check them"));
        BrokerSettings.Tls authority = new BrokerSettings.Tls(Optional.of(Path.of("/ssl/ca.pem")), Optional.empty());

        assertThat(supervisor().broker(settings(own), authority))
                .extracting(BrokerSettings::credentials, BrokerSettings::tls)
                .containsExactly(own, Optional.of(authority));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Service not enabled | No MQTT broker: install and start the Mosquitto broker add-on, or set mqtt.broker_host",
                "System is not ready with state: setup | The Supervisor is still starting and knows no MQTT broker yet",
                "Something else | The Supervisor's answer to GET /services/mqtt cannot be used (status 400);"
                        + " set mqtt.broker_host if this persists"
            })
    void saysWhyThereIsNone(String message, String sentence) {
        fake.tellError(message);

        assertThat(failure(supervisor())).isEqualTo(new ConnectFailure(Kind.WEATHER, sentence));
    }

    @Test
    void saysThatItIsNotKnown() {
        Map<String, String> environment = new HashMap<>(fake.environment());
        environment.put("SUPERVISOR_TOKEN", "old");

        assertThat(failure(Supervisor.of(environment).orElseThrow()))
                .isEqualTo(new ConnectFailure(
                        Kind.REFUSAL,
                        "The Supervisor refuses to name the MQTT broker (status 403): restart this add-on,"
                                + " or set mqtt.broker_host"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "null",
                "{\"result\":\"ok\"}",
                "{\"result\":\"ok\",\"data\":{\"port\":1883}}",
                "{\"result\":\"ok\",\"data\":{\"host\":\"b\",\"port\":0}}",
                "{\"result\":\"ok\",\"data\":{\"host\":\"b\",\"port\":\"many\"}}",
                "{\"result\":\"ok\",\"data\":{\"host\":null,\"port\":1883}}"
            })
    void saysThatAnAnswerCannotBeUsed(String body) {
        fake.tell(200, body);

        assertThat(failure(supervisor()).sentence())
                .isEqualTo("The Supervisor's answer to GET /services/mqtt cannot be used (status 200);"
                        + " set mqtt.broker_host if this persists");
    }

    @Test
    void saysThatItDoesNotAnswer() {
        Supervisor gone = supervisor();
        fake.close();

        assertThat(failure(gone))
                .isEqualTo(new ConnectFailure(
                        Kind.WEATHER,
                        "The Supervisor at " + fake.environment().get("SUPERVISOR")
                                + " does not answer; it is asked for the broker because mqtt.broker_host is not set"));
    }

    @Test
    void isThereOnlyWhereItStartedUs() {
        assertThat(Supervisor.of(Map.of())).isEmpty();
        assertThat(Supervisor.of(Map.of("SUPERVISOR_TOKEN", ""))).isEmpty();
        assertThat(Supervisor.of(Map.of("SUPERVISOR_TOKEN", "t0ken")).map(Supervisor::address))
                .contains("http://supervisor");
    }

    private Supervisor supervisor() {
        return Supervisor.of(fake.environment()).orElseThrow();
    }

    private static ConnectFailure failure(Supervisor supervisor) {
        return catchThrowableOfType(NoServiceException.class, () -> supervisor.broker(OURS, SYSTEM))
                .failure();
    }

    private static BrokerSettings settings(Optional<Credentials> credentials) {
        return new BrokerSettings(
                "localhost",
                1883,
                "lightnvr-mqtt",
                credentials,
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty());
    }
}
