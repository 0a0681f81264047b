package io.lightnvr.mqtt.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLineTest {

    private static final String PERSON =
            "{\"label\":\"person\",\"confidence\":0.92,\"x\":0.25,\"y\":0.3,\"width\":0.15,\"height\":0.45,"
                    + "\"track_id\":\"abc123\",\"zone_id\":\"entrance\"}";
    private static final String CAR = "{\"label\":\"car\",\"confidence\":0.87,\"zone_id\":\"\"}";

    private final EventLine line = new EventLine(ZoneOffset.UTC);

    @Test
    void showsWhoWasSeenWhereAndHowLateTheMessageIs() {
        assertThat(text(event("front_door", PERSON + "," + CAR), OptionalLong.of(14)))
                .isEqualTo("12:30:05 front_door  person 92 % at entrance, car 87 %      +14 ms");
    }

    @Test
    void linesUpWhatComesBelow() {
        String door = text(event("front_door", PERSON), OptionalLong.of(1_234));
        String gate = text(event("前門", CAR), OptionalLong.of(7));

        assertThat(door).endsWith(" +1,234 ms");
        assertThat(gate.indexOf("car")).isEqualTo(door.indexOf("person"));
        assertThat(gate.indexOf('+')).isEqualTo(door.indexOf('+'));
    }

    @Test
    void showsTheTimeOfItsZone() {
        String there = new EventLine(ZoneId.of("Europe/Berlin"))
                .text("t", event("front_door", CAR).getBytes(UTF_8), OptionalLong.empty());

        assertThat(there).isEqualTo("13:30:05 front_door  car 87 %");
    }

    @Test
    void countsWhatDoesNotFit() {
        String seven = String.join(",", Collections.nCopies(7, CAR));

        assertThat(text(event("lot", seven), OptionalLong.empty()))
                .endsWith("car 87 %, car 87 %, car 87 %, car 87 % and 3 more");
    }

    @Test
    void cutsLongNames() {
        assertThat(text(event("n".repeat(255), CAR), OptionalLong.empty()))
                .isEqualTo("12:30:05 " + "n".repeat(32) + "… " + "car 87 %");
    }

    @Test
    void letsNoControlCharacterReachTheTerminal() {
        String nasty = "\\u001b[2J\\u009b2J\\n\\r\\u0007\\u202e\\u2028\\ud800x";
        String seen = "{\"label\":\"" + nasty + "\",\"confidence\":1,\"zone_id\":\"" + nasty + "\"}";

        assertThat(text(event(nasty, seen), OptionalLong.empty()))
                .isEqualTo("12:30:05 ?[2J?2J?????\uFFFDx ?[2J?2J??????x 100 % at ?[2J?2J??????x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "online",
                "[]",
                "{\"stream\":\"\",\"timestamp\":1,\"detections\":[]}",
                "{\"stream\":\"a\",\"timestamp\":\"1\",\"detections\":[]}",
                "{\"stream\":\"a\",\"timestamp\":1}"
            })
    void namesTheTopicOfWhatIsNoEvent(String payload) {
        assertThat(line.text("lightnvr/\u001bx", payload.getBytes(UTF_8), OptionalLong.of(1)))
                .isEqualTo("lightnvr/?x: not a detection event");
    }

    private String text(String payload, OptionalLong late) {
        return line.text("lightnvr/detections/x", payload.getBytes(UTF_8), late);
    }

    private static String event(String stream, String detections) {
        return "{\"stream\":\"" + stream + "\",\"timestamp\":1795350605,\"timestamp_iso\":\"2026-11-22T12:30:05Z\","
                + "\"count\":2,\"detections\":[" + detections + "]}";
    }
}
