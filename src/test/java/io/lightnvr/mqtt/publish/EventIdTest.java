package io.lightnvr.mqtt.publish;

import static io.lightnvr.mqtt.event.Events.FRONT_DOOR;
import static io.lightnvr.mqtt.event.Events.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.Events;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventIdTest {

    private static final String INSTANCE = "lightnvr_mqtt";
    private static final Box BOX = new Box(0.1f, 0.2f, 0.3f, 0.4f);
    private static final Detection PERSON = new Detection("person", 0.9f, BOX, "", "", 1);
    private static final Detection CAR = new Detection("car", 0.8f, BOX, "", "", 1);

    /** The expected ids were computed by another program from the encoding in the class's description. */
    @Test
    void isTheSameInEveryRelease() {
        DetectionEvent other = event(new StreamName("Tür"), -1, new Detection("前", 1, new Box(0, 0, 1, 1), "", "", 2));

        assertThat(EventId.of(INSTANCE, Events.documented())).isEqualTo("96e0ef7c97c472d1907e68588261abe1");
        assertThat(EventId.of(INSTANCE, other)).isEqualTo("c8713355e7b36e59e81be3a3973765c2");
    }

    @Test
    void isTheSameHoweverTheEventWasRead() {
        String id = id(FRONT_DOOR, SECOND, PERSON, CAR);

        assertThat(id(FRONT_DOOR, SECOND, CAR, PERSON)).isEqualTo(id);
        assertThat(id(FRONT_DOOR, SECOND, new Detection("person", 0.9f, BOX, "7", "entrance", 1), CAR))
                .isEqualTo(id);
    }

    @Test
    void isTheSameHoweverIdenticalRowsWereRead() {
        Detection second = new Detection("person", 0.9f, BOX, "", "", 2);

        assertThat(id(FRONT_DOOR, SECOND, second, PERSON)).isEqualTo(id(FRONT_DOOR, SECOND, PERSON, second));
    }

    @Test
    void isTheSameForBothZeros() {
        Detection positive = new Detection("person", 0f, new Box(0f, 0f, 0f, 0f), "", "", 1);
        Detection negative = new Detection("person", -0f, new Box(-0f, -0f, -0f, -0f), "", "", 1);

        assertThat(id(FRONT_DOOR, SECOND, negative)).isEqualTo(id(FRONT_DOOR, SECOND, positive));
    }

    @Test
    void isAnotherForEveryOtherEvent() {
        List<String> ids = new ArrayList<>();
        ids.add(id(FRONT_DOOR, SECOND, PERSON));
        ids.add(EventId.of("lightnvr_mqtt_2", event(FRONT_DOOR, SECOND, PERSON)));
        ids.add(id(new StreamName("front.door"), SECOND, PERSON));
        ids.add(id(FRONT_DOOR, SECOND + 1, PERSON));
        ids.add(id(FRONT_DOOR, SECOND, CAR));
        ids.add(id(FRONT_DOOR, SECOND, PERSON, CAR));
        ids.add(id(FRONT_DOOR, SECOND, new Detection("person", 0.8f, BOX, "", "", 1)));
        ids.add(id(FRONT_DOOR, SECOND, new Detection("person", 0.9f, new Box(0.2f, 0.2f, 0.3f, 0.4f), "", "", 1)));
        ids.add(id(FRONT_DOOR, SECOND, new Detection("person", 0.9f, new Box(0.1f, 0.3f, 0.3f, 0.4f), "", "", 1)));
        ids.add(id(FRONT_DOOR, SECOND, new Detection("person", 0.9f, new Box(0.1f, 0.2f, 0.4f, 0.4f), "", "", 1)));
        ids.add(id(FRONT_DOOR, SECOND, new Detection("person", 0.9f, new Box(0.1f, 0.2f, 0.3f, 0.5f), "", "", 1)));
        ids.add(id(FRONT_DOOR, SECOND, new Detection("person", 0.9f, BOX, "", "", 2)));

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @Test
    void aTextCannotReachIntoTheNext() {
        String joined = EventId.of("ab", event(new StreamName("c"), SECOND, PERSON));

        assertThat(EventId.of("a", event(new StreamName("bc"), SECOND, PERSON))).isNotEqualTo(joined);
    }

    private static String id(StreamName stream, long second, Detection... detections) {
        return EventId.of(INSTANCE, event(stream, second, detections));
    }

    private static DetectionEvent event(StreamName stream, long second, Detection... detections) {
        return new DetectionEvent(stream, second, List.of(detections), Instant.EPOCH);
    }
}
