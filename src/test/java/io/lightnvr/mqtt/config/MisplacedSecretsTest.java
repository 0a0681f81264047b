package io.lightnvr.mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that stands where it does not belong makes a configuration wrong, and is not in what is said of that. */
class MisplacedSecretsTest {

    private static final String SECRET = "zq7Xw2-Hm4Tr9";
    private static final String PEM = "-----BEGIN PRIVATE KEY-----\\n" + SECRET + "\\n-----END PRIVATE KEY-----";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SECRET",
                "SECRET:",
                "[SECRET]",
                "password: SECRET",
                "mqtt: SECRET",
                "mqtt: [SECRET]",
                "mqtt:\n  password:SECRET",
                "mqtt:\n  SECRET: lightnvr",
                "mqtt: {SECRET: a, SECRET: b}",
                "mqtt: {passwort: SECRET}",
                "mqtt: {username: a, password: [SECRET]}",
                "mqtt: {username: a, password: {SECRET: 1}}",
                "mqtt: {password: SECRET}",
                "mqtt: {username: a, password: SECRET",
                "mqtt: {username: a, password: &SECRET}",
                "mqtt: {username: a, password: *SECRET}",
                "mqtt: {username: a, password: !SECRET x}",
                "mqtt: {username: a, password: SECRET}\nmqtt: {}",
                "mqtt: {username: a, password: SECRET}\n--- SECRET",
                "mqtt: {broker_host: 'mqtt://bridge:SECRET@broker'}",
                "mqtt: {broker_port: SECRET}",
                "mqtt: {tls_enabled: SECRET}",
                "mqtt: {keepalive: SECRET}",
                "mqtt: {tls_enabled: true, tls_key_file: 'PEM'}",
                "mqtt: {tls_enabled: true, tls_key_password: SECRET}",
                "nvr: {url: 'http://anna:SECRET@nvr'}",
                "nvr: {url: 'http://nvr/?key=SECRET'}",
                "nvr: {public_url: 'http://anna:SECRET@nvr'}",
                "nvr: {url: 'http://nvr', api_key: 'SECRET SECRET'}",
                "nvr: {url: 'http://nvr', events_broker: 'http://anna:SECRET@broker'}",
                "nvr: {url: 'http://nvr', events_broker: 'mqtt://anna:SECRET'}",
                "detections: {min_confidence: SECRET}",
                "detections: {labels: {SECRET: 1}}",
                "web: {port: SECRET}",
                "web: {history: SECRET}",
                "web: {passwort: SECRET}",
                "web: {port: 8099, bind: 'anna:SECRET@0.0.0.0'}",
                "web: {port: 8099, password: 'SECRET\u007F'}",
                "log_level: SECRET"
            })
    void isNotToldOfYaml(String text) throws IOException {
        assertNotTold("a.yaml", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SECRET",
                "{\"mqtt\": {\"password\": SECRET}}",
                "{\"mqtt\": {\"password\": \"SECRET}}",
                "{\"mqtt\": {\"passwort\": \"SECRET\"}}",
                "{\"mqtt\": {\"tls_enabled\": true, \"tls_key_file\": \"PEM\"}}",
                "{\"SECRET\": 1, \"SECRET\": 2}"
            })
    void isNotToldOfJson(String text) throws IOException {
        assertNotTold("a.json", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[mqtt]\nSECRET",
                "[mqtt\npassword = SECRET",
                "[mqtt]\npassword = SECRET",
                "[mqtt]\nbroker_port = SECRET",
                "[web]\nport = SECRET",
                "[web]\nbind_ip = anna:SECRET@nvr"
            })
    void isNotToldOfIni(String text) throws IOException {
        assertNotTold("a.ini", text);
    }

    @Test
    void isNotInTheNotesOfIni() throws Exception {
        Path file =
                Files.writeString(folder.resolve("a.ini"), "[mqtt]\npasswort = " + SECRET + "\n" + SECRET + " = 1\n");

        assertThat(ConfigurationReader.read(file, Optional.empty()).notes())
                .singleElement()
                .asString()
                .contains("passwort (did you mean password?), ***")
                .doesNotContain(SECRET);
    }

    @Test
    void aTextInThePlaceOfItsFileIsNamedAsThat() throws IOException {
        assertThat(refused("a.json", "{\"mqtt\": {\"tls_enabled\": true, \"tls_key_file\": \"PEM\"}}"))
                .hasMessageStartingWith(
                        "mqtt.tls_key_file: is the text of a file, not its path; save the text as a file, and set the path of that");
    }

    private void assertNotTold(String name, String text) throws IOException {
        ConfigurationException refused = refused(name, text);

        assertThat(refused).isNotNull();
        assertThat(refused.getMessage()).doesNotContain(SECRET);
        assertThat(refused.problems()).isNotEmpty();
    }

    private ConfigurationException refused(String name, String text) throws IOException {
        String written = text.replace("SECRET", SECRET).replace("PEM", PEM);
        Path file = Files.writeString(folder.resolve(name), written);
        return catchThrowableOfType(
                ConfigurationException.class, () -> ConfigurationReader.read(file, Optional.empty()));
    }
}
