package io.lightnvr.mqtt.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Discovery discovery = discovery("lightnvr_mqtt", "lightnvr");

    @Test
    void bridgeIsTheGoldenFile() throws IOException {
        Message message = discovery.bridge();

        assertThat(message.topic()).hasToString("homeassistant/device/lightnvr_mqtt_bridge/config");
        assertThat(message.text()).isEqualTo(golden("bridge.json"));
    }

    @ParameterizedTest
    @CsvSource({
        "front_door, front_door, stream-front_door.json",
        "Tür, T__r-1cff8a95, stream-umlaut.json",
    })
    void streamIsTheGoldenFile(String name, String key, String file) throws IOException {
        Message message = discovery.stream(new StreamName(name));

        assertThat(message.topic()).hasToString("homeassistant/device/lightnvr_mqtt_stream_" + key + "/config");
        assertThat(message.text()).isEqualTo(golden(file));
    }

    @Test
    void announcementsAreRetainedJson() {
        for (Message message : List.of(discovery.bridge(), discovery.stream(new StreamName("front_door")))) {
            assertThat(message.retain()).isTrue();
            assertThat(message.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
            assertThat(message.contentType()).contains("application/json");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{ 1/0 }}", "{% raw %}", "\"},\"x\":{\"", "a/b+c#d", "<b>", "\\", "前門 🚗", "'", "$(reboot)", " "
            })
    void anyNameStandsAsTheDevicesNameAndNowhereElse(String raw) throws IOException {
        StreamName stream = new StreamName(raw);
        Message message = discovery.stream(stream);
        JsonNode json = MAPPER.readTree(message.text());

        assertThat(json.at("/device/name").textValue()).isEqualTo(raw);
        assertThat(message.topic().name()).matches("homeassistant/device/[a-zA-Z0-9_-]+/config");
        String plain = discovery.stream(new StreamName("plain")).text();
        assertThat(message.text()
                        .replace(MAPPER.writeValueAsString(raw), "\"plain\"")
                        .replace(stream.key(), "plain"))
                .isEqualTo(plain);
    }

    @Test
    void aNameShowsNoControlCharacters() throws IOException {
        JsonNode json =
                MAPPER.readTree(discovery.stream(new StreamName("a\nb\u001b")).text());

        assertThat(json.at("/device/name").textValue()).isEqualTo("a?b?");
    }

    @Test
    void idsOfStreamsBridgesAndInstancesNeverMeet() throws IOException {
        Discovery garage = discovery("lightnvr_mqtt_garage", "garage");
        List<Message> messages = List.of(
                discovery.bridge(),
                discovery.stream(new StreamName("bridge")),
                discovery.stream(new StreamName("garage")),
                discovery.stream(new StreamName("garage_cam")),
                discovery.stream(new StreamName("cam.1")),
                discovery.stream(new StreamName("cam_1")),
                discovery.stream(new StreamName("cam_1-person")),
                garage.bridge(),
                garage.stream(new StreamName("cam")));

        assertThat(messages).extracting(Message::topic).doesNotHaveDuplicates();
        assertThat(messages)
                .flatExtracting(DiscoveryTest::uniqueIds)
                .hasSize(18)
                .doesNotHaveDuplicates();
    }

    @Test
    void bridgesWithPrefixesOfTheirOwnHaveNamesOfTheirOwn() throws IOException {
        JsonNode json = MAPPER.readTree(
                discovery("lightnvr_mqtt_garage", "garage").bridge().text());

        assertThat(json.at("/device/name").textValue()).isEqualTo("LightNVR MQTT (garage)");
    }

    @Test
    void saysWhatAnIdMustBe() {
        assertThatThrownBy(() -> discovery("a b", "lightnvr"))
                .hasMessage("Instance id [a b] must match [a-zA-Z0-9_-]+");
        assertThatThrownBy(() -> new Component("a-b", "sensor", Map.of()))
                .hasMessage("Component id [a-b] must match [a-z0-9_]+");
    }

    private static Discovery discovery(String instanceId, String prefix) {
        return new Discovery("homeassistant", instanceId, new TopicLayout(prefix), "0.1.0");
    }

    private static List<String> uniqueIds(Message message) {
        try {
            return MAPPER.readTree(message.text()).at("/components").findValuesAsText("unique_id");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A golden file's JSON without the white space that makes it readable; keys stay in their order. */
    private static String golden(String file) throws IOException {
        try (InputStream json = DiscoveryTest.class.getResourceAsStream(file)) {
            return MAPPER.readTree(json).toString();
        }
    }
}
