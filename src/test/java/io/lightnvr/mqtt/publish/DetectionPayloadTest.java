package io.lightnvr.mqtt.publish;

import static io.lightnvr.mqtt.event.Events.SECOND;
import static io.lightnvr.mqtt.event.Events.detection;
import static io.lightnvr.mqtt.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.Events;
import io.lightnvr.mqtt.event.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionPayloadTest {

    @Test
    void isTheDocumentedExampleByteByByte() {
        String expected = "{\"stream\":\"front_door\",\"timestamp\":1706745600,"
                + "\"timestamp_iso\":\"2024-02-01T00:00:00Z\",\"count\":2,\"detections\":["
                + "{\"label\":\"person\",\"confidence\":0.92,\"x\":0.25,\"y\":0.3,\"width\":0.15,\"height\":0.45,"
                + "\"track_id\":\"abc123\",\"zone_id\":\"entrance\"},"
                + "{\"label\":\"car\",\"confidence\":0.87,\"x\":0.6,\"y\":0.5,\"width\":0.3,\"height\":0.25,"
                + "\"track_id\":\"\",\"zone_id\":\"\"}]}";

        assertThat(DetectionPayload.bytes(Events.documented())).isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void numbersArePlain() {
        DetectionEvent event = event(SECOND, new Detection("person", 1, new Box(-0f, 0.00001f, 1e-9f, 100), "", "", 1));

        assertThat(text(event))
                .contains("\"confidence\":1,\"x\":0,\"y\":0.00001,\"width\":0.000000001,\"height\":100,");
    }

    @Test
    void textIsUtf8WithoutEscapes() {
        assertThat(text(event(SECOND, new Detection("前門 🚗 Tür", 1, Box.whole(), "é", "\u2028", 1))))
                .contains("{\"label\":\"前門 🚗 Tür\",")
                .endsWith("\"track_id\":\"é\",\"zone_id\":\"\u2028\"}]}");
    }

    @Test
    void onlyWhatJsonForbidsIsEscaped() {
        assertThat(text(event(SECOND, detection("a\"b\\c/d\ne\u0001", 1))))
                .contains("{\"label\":\"a\\\"b\\\\c/d\\ne\\u0001\",");
    }

    @Test
    void brokenTextIsReplacedAndTheUtf8IsWhole() {
        DetectionEvent event = new DetectionEvent(
                new StreamName("cam\uD83D"), SECOND, List.of(detection("\uDE97person\uD83D", 1)), Instant.EPOCH);

        assertThat(text(event)).startsWith("{\"stream\":\"cam\uFFFD\"").contains("\"label\":\"\uFFFDperson\uFFFD\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "-1, 1969-12-31T23:59:59Z",
        "253402300799, 9999-12-31T23:59:59Z",
        "253402300800, +10000-01-01T00:00:00Z",
        "9223372036854775807, +1000000000-12-31T23:59:59Z",
        "-9223372036854775808, -1000000000-01-01T00:00:00Z",
    })
    void bothTimestampsAreTheSameInstantWhereThereIsOne(long second, String iso) {
        assertThat(text(event(second, detection("person", 1))))
                .contains(",\"timestamp\":" + second + ",\"timestamp_iso\":\"" + iso + "\",");
    }

    private static String text(DetectionEvent event) {
        return new String(DetectionPayload.bytes(event), StandardCharsets.UTF_8);
    }
}
