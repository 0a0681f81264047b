package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.NativePublisher;
import io.lightnvr.mqtt.source.SourceException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Health, streams, zones and settings: what the recorder really answers, and what it might. */
class AnswersTest {

    private static final String UNEXPECTED = "The recorder's answer to GET /something is not one that LightNVR gives";

    @Test
    void readsTheRunningStreamsAndTheClock() throws SourceException {
        HealthAnswer health = HealthAnswer.read(Captured.answer("health-with-running-streams"));

        assertThat(health.up()).containsOnly(entry(stream("drive.way"), true), entry(stream("apicam"), true));
        assertThat(health.lastFrame()).hasValue(1_795_353_313L);
        assertThat(health.clock().local()).isEqualTo(LocalDateTime.of(2026, 11, 22, 13, 15, 13));
    }

    @Test
    void readsHealthWithoutRunningStreams() throws SourceException {
        HealthAnswer health = HealthAnswer.read(Captured.answer("health"));

        assertThat(health.up()).isEmpty();
        assertThat(health.lastFrame()).isEmpty();
        assertThat(health.clock().local().getYear()).isEqualTo(2026);
    }

    @Test
    void callsADegradedStreamUpButTrustsTheFramesOfTheOthersMore() throws SourceException {
        HealthAnswer health = HealthAnswer.read(Captured.good("""
                {"timestamp":"2026-11-22 13:15:13","streams_detail":[
                {"name":"stuck","status":"degraded","last_frame_ts":300},
                {"name":"dead","status":"down","last_frame_ts":400},
                {"name":"well","status":"up","last_frame_ts":200}]}"""));

        assertThat(health.up())
                .containsOnly(entry(stream("stuck"), true), entry(stream("dead"), false), entry(stream("well"), true));
        assertThat(health.lastFrame()).hasValue(200);
    }

    @Test
    void refusesHealthWithoutATime() {
        String json = "{\"timestamp\":\"%s\",\"streams_detail\":[]}";

        for (String time : List.of("", "0", "2026-11-22T13:15:13", "9999-12-31 23:59:59", "2026-13-01 00:00:00")) {
            assertThatThrownBy(() -> HealthAnswer.read(Captured.good(json.formatted(time))))
                    .as(time)
                    .hasMessage(UNEXPECTED);
        }
    }

    @Test
    void readsEveryStream() throws SourceException {
        assertThat(StreamsAnswer.read(Captured.answer("streams")))
                .containsOnly(
                        entry(stream("Back Yard"), listed(true)),
                        entry(stream("front_door"), listed(true)),
                        entry(stream("garage-1"), listed(true)));
    }

    @Test
    void readsAsManyStreamsAsARecorderHas() throws SourceException {
        JsonNode captured = Captured.answer("streams").json();
        ArrayNode many = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 256; i++) {
            ObjectNode stream = captured.get(i % captured.size()).deepCopy();
            many.add(stream.put("name", "camera" + i).put("url", "rtsp://" + "a".repeat(1_000)));
        }

        assertThat(StreamsAnswer.read(Captured.good(many.toString()))).hasSize(256);
    }

    @Test
    void readsDisabledStreamsAndDropsRepeatedAndEmptyNames() throws SourceException {
        RecorderAnswer answer = Captured.good("""
                [{"name":"b","enabled":false},{"name":""},{"name":"a/+#\\"","enabled":1},{"name":"b","enabled":true}]""");

        assertThat(StreamsAnswer.read(answer))
                .containsOnly(entry(stream("b"), listed(false)), entry(stream("a/+#\""), listed(true)));
    }

    @Test
    void readsThePrivacyAndTheCameraOfAStream() throws SourceException {
        RecorderAnswer answer = Captured.good("""
                [{"name":"a","privacy_mode":true,"camera_uuid":"22222222-2222-4222-8222-222222222222"},
                {"name":"b","privacy_mode":false,"camera_uuid":""},{"name":"c","camera_uuid":null}]""");

        assertThat(StreamsAnswer.read(answer))
                .containsOnly(
                        entry(
                                stream("a"),
                                new StreamsAnswer.Listed(
                                        true, true, Optional.of("22222222-2222-4222-8222-222222222222"))),
                        entry(stream("b"), listed(true)),
                        entry(stream("c"), listed(true)));
    }

    @Test
    void readsZonesInTheirOrder() throws SourceException {
        List<Zone> zones = ZonesAnswer.read(Captured.answer("zones-front_door"));

        assertThat(zones).extracting(Zone::name).containsExactly("entrance", "Einfahrt Süd", "off");
        assertThat(zones).extracting(Zone::enabled).containsExactly(true, true, false);
        assertThat(zones.get(0).labels()).isEqualTo(Set.of("person", "dog"));
        assertThat(zones.get(0).minConfidence()).isEqualTo(0.5f);
        assertThat(zones.get(1).polygon()).contains(new Zone.Point(0.6f, 1));
        assertThat(Zone.nameFor(zones, "person", 0.9f, new Box(0.1f, 0.1f, 0.1f, 0.1f)))
                .isEqualTo("entrance");
        assertThat(ZonesAnswer.read(Captured.answer("zones-none"))).isEmpty();
    }

    @Test
    void splitsTheLabelsOfAZoneAsTheRecorderDoes() throws SourceException {
        String json = "{\"zones\":[{\"name\":\"z\",\"polygon\":[],\"filter_classes\":\"%s\"}]}";

        assertThat(labels(json.formatted(" person , dog"))).isEqualTo(Set.of("person", "dog"));
        assertThat(labels(json.formatted(""))).isEmpty();
        assertThat(labels(json.formatted(","))).isEqualTo(Set.of(""));
    }

    @Test
    void readsHowTheNativePublisherIsSetUp() throws SourceException {
        assertThat(LightNvrApi.nativePublisher(Captured.answer("settings")))
                .isEqualTo(new NativePublisher(true, "127.0.0.1", 18883, "lightnvr", "native", true));
    }

    @Test
    void refusesJsonOfAnotherShape() {
        for (String json : List.of("{}", "[]", "3", "null", "\"text\"", "{\"zones\":{},\"streams_detail\":3}")) {
            RecorderAnswer answer = Captured.good(json);
            assertThatThrownBy(() -> HealthAnswer.read(answer)).as(json).hasMessage(UNEXPECTED);
            assertThatThrownBy(() -> ZonesAnswer.read(answer)).as(json).hasMessage(UNEXPECTED);
        }
        for (String json : List.of("{}", "[3]", "[{}]", "[null]", "[{\"name\":3}]", "[[]]")) {
            assertThatThrownBy(() -> StreamsAnswer.read(Captured.good(json)))
                    .as(json)
                    .hasMessage(UNEXPECTED);
        }
        assertThatThrownBy(() -> ZonesAnswer.read(Captured.good("{\"zones\":[{\"name\":\"z\",\"polygon\":[{}]}]}")))
                .hasMessage(UNEXPECTED);
    }

    private static Set<String> labels(String json) throws SourceException {
        return ZonesAnswer.read(Captured.good(json)).get(0).labels();
    }

    private static StreamsAnswer.Listed listed(boolean enabled) {
        return new StreamsAnswer.Listed(enabled, false, Optional.empty());
    }

    private static StreamName stream(String name) {
        return new StreamName(name);
    }
}
