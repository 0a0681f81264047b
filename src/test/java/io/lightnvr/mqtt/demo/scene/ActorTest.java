package io.lightnvr.mqtt.demo.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.scene.Actor.Stop;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActorTest {

    private static final List<Stop> STOPS =
            List.of(new Stop(1, 0.1, 0.5), new Stop(5, 0.5, 0.5), new Stop(7, 0.5, 0.5));
    private final Actor person = new Actor("person", 0.9, 0.2, 0.4, STOPS);

    @Test
    void isBetweenItsStops() {
        assertThat(person.seenAt(1, 0)).contains(new SimulatedRow("person", 0.9f, 0, 0.3f, 0.2f, 0.4f));
        assertThat(person.seenAt(3, 0)).contains(new SimulatedRow("person", 0.9f, 0.2f, 0.3f, 0.2f, 0.4f));
    }

    @Test
    void staysWhereItWaits() {
        assertThat(person.seenAt(5, 0)).isEqualTo(person.seenAt(7, 0)).isPresent();
    }

    @Test
    void isNotSeenBeforeItComesAndAfterItIsGone() {
        assertThat(person.seenAt(0.9, 0)).isEmpty();
        assertThat(person.seenAt(7.1, 0)).isEmpty();
    }

    @Test
    void isSeenWithTheErrorOfTheDetector() {
        assertThat(person.seenAt(5, -0.0432))
                .hasValueSatisfying(row -> assertThat(row.confidence()).isEqualTo(0.8568f));
    }
}
