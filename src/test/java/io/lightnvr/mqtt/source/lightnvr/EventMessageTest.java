package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.RecorderEvents.Heard;
import io.lightnvr.mqtt.source.SourceException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventMessageTest {

    /** The example of LightNVR's documentation. */
    static final String DOCUMENTED =
            "{\"specversion\":\"1.0\",\"id\":\"8a77e095-9079-44d9-8766-b733bc370631\",\"type\":\"io.lightnvr.detection.object.v1\","
                    + "\"source\":\"urn:lightnvr:11111111-1111-4111-8111-111111111111\","
                    + "\"subject\":\"camera/22222222-2222-4222-8222-222222222222\",\"time\":\"2026-08-23T06:30:00Z\","
                    + "\"datacontenttype\":\"application/json\",\"severity\":\"info\",\"sensitivity\":\"operational\","
                    + "\"data\":{\"stream_name\":\"front_door\",\"count\":1,\"detections\":[{\"label\":\"person\","
                    + "\"confidence\":0.93999999761581421,\"x\":0.10000000149011612,\"y\":0.20000000298023224,"
                    + "\"width\":0.30000001192092896,\"height\":0.40000000596046448,\"track_id\":17,"
                    + "\"zone_id\":\"loading-bay\"}]}}";

    @Test
    void readsTheDocumentedDetection() throws SourceException {
        HeardFrame frame = frame(DOCUMENTED);

        assertThat(frame.stream()).isEqualTo(new StreamName("front_door"));
        assertThat(frame.cameraUuid()).contains("22222222-2222-4222-8222-222222222222");
        assertThat(frame.second()).isEqualTo(1_787_466_600L);
        assertThat(frame.contents())
                .containsExactly(
                        new Row.Content("person", 0.94f, new Box(0.1f, 0.2f, 0.3f, 0.4f), "17", "loading-bay"));
        assertThat(frame.unreadable()).isZero();
    }

    @Test
    void givesADetectionWithoutABoxTheZerosOfItsRow() throws SourceException {
        HeardFrame frame = frame(detections("{\"label\":\"person\",\"confidence\":0.5}"));

        assertThat(frame.contents()).containsExactly(new Row.Content("person", 0.5f, new Box(0, 0, 0, 0), "", ""));
    }

    @Test
    void skipsDetectionsThatItCannotRead() throws SourceException {
        HeardFrame frame = frame(
                detections(
                        "{\"label\":\"person\",\"confidence\":0.5,\"x\":0.5},7,{\"confidence\":1},{\"label\":\"cat\",\"confidence\":0.25}"));

        assertThat(frame.contents()).extracting(Row.Content::label).containsExactly("cat");
        assertThat(frame.unreadable()).isEqualTo(3);
    }

    @Test
    void knowsARetryByItsSourceAndId() throws SourceException {
        long id = frame(DOCUMENTED).id();

        assertThat(frame(DOCUMENTED.replace("17", "18")).id()).isEqualTo(id);
        assertThat(frame(DOCUMENTED.replace("8a77", "8a78")).id()).isNotEqualTo(id);
        assertThat(frame(DOCUMENTED.replace("urn:lightnvr:1", "urn:lightnvr:2")).id())
                .isNotEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "camera.offline, false",
        "camera.recovered, true",
        "stream.degraded, true",
        "stream.recovered, true",
    })
    void readsTheConditionOfAStream(String type, boolean online) throws SourceException {
        assertThat(read(event(type, "{\"stream_name\":\"yard\"}")))
                .isEqualTo(new Heard.StreamCondition(new StreamName("yard"), online));
    }

    @ParameterizedTest
    @CsvSource({
        "storage.recovered, {}, ok",
        "storage.pressure, '{\"level\":\"emergency\"}', emergency",
        "storage.pressure, '{\"state\":\"critical\"}', critical",
        "storage.pressure, {}, warning",
        "storage.pressure, '{\"level\":\"full\"}', warning",
    })
    void readsHowFullTheStorageIs(String type, String data, String level) throws SourceException {
        assertThat(read(event(type, data))).isEqualTo(new Heard.Storage(level));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "online; true",
                "offline; false",
                "\"online\"; true",
                "{\"status\":\"offline\"}; false",
                "{\"state\":\"online\"}; true"
            })
    void readsThePresenceInEitherForm(String payload, boolean online) {
        assertThat(EventMessage.presence(payload.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Heard.Presence(online));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "7", "perhaps"})
    void passesOverOtherPresences(String payload) {
        assertThat(EventMessage.presence(payload.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Heard.Other());
    }

    @Test
    void passesOverOtherTypesAndVersions() throws SourceException {
        assertThat(read(event("recognition.license_plate", "{}"))).isEqualTo(new Heard.Other());
        assertThat(read(DOCUMENTED.replace("object.v1", "object.v2"))).isEqualTo(new Heard.Other());
        assertThat(read("{}")).isEqualTo(new Heard.Other());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "[]", "null", "7", "{", "\u0000"})
    void refusesWhatIsNoJsonObject(String payload) {
        assertThatThrownBy(() -> read(payload)).isInstanceOf(SourceException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"id\":', '\"no\":', it has no id",
        "'\"source\":', '\"no\":', it has no source",
        "'\"time\":', '\"no\":', it has no time",
        "2026-08-23T06:30:00Z, tomorrow, its time is tomorrow",
        "2026-08-23T06:30:00Z, 9999-08-23T06:30:00Z, its time is 9999-08-23T06:30:00Z",
        "stream_name, name, its data has no stream_name",
        "'\"detections\":[', '\"detections\":[],\"a\":[', its data has no detections",
    })
    void refusesADetectionThatLacksSomething(String old, String changed, String why) {
        assertThatThrownBy(() -> read(DOCUMENTED.replace(old, changed))).hasMessage(why);
    }

    private static String detections(String list) {
        return DOCUMENTED.replaceAll("\"detections\":\\[.*]", "\"detections\":[" + list + "]");
    }

    private static String event(String type, String data) {
        return "{\"type\":\"io.lightnvr." + type + ".v1\",\"data\":" + data + "}";
    }

    private static HeardFrame frame(String json) throws SourceException {
        return (HeardFrame) ((Heard.Detected) read(json)).detections();
    }

    private static Heard read(String json) throws SourceException {
        return EventMessage.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
