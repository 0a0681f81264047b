package io.lightnvr.mqtt.demo.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import org.junit.jupiter.api.Test;

class ActorTest {

    private static final Path THROUGH =
            Path.startingAt(-0.2, 0.5, 1).to(0.5, 0.5, 1, 4).to(1.2, 0.5, 1, 4);
    private final Actor person = new Actor("person", 0.2, 0.4, 0.9, 1, THROUGH);

    @Test
    void isSeenWholeInTheMiddle() {
        assertThat(person.seenAt(5, 0)).contains(new SimulatedRow("person", 0.9f, 0.4f, 0.3f, 0.2f, 0.4f));
    }

    @Test
    void isNotSeenOutsideThePicture() {
        assertThat(person.seenAt(1, 0)).isEmpty();
        assertThat(person.seenAt(9, 0)).isEmpty();
    }

    @Test
    void isNotSeenBeforeItComesAndAfterItIsGone() {
        Actor waiting = new Actor(
                "package", 0.1, 0.1, 0.7, 3, Path.startingAt(0.5, 0.5, 1).waiting(2));

        assertThat(waiting.seenAt(2.9, 0)).isEmpty();
        assertThat(waiting.seenAt(3, 0)).isPresent();
        assertThat(waiting.seenAt(5.1, 0)).isEmpty();
    }

    @Test
    void isCutAtTheEdgeAndLessSure() {
        Actor atTheEdge =
                new Actor("cat", 0.2, 0.2, 0.8, 0, Path.startingAt(0, 0.5, 1).waiting(1));

        assertThat(atTheEdge.seenAt(0, 0)).contains(new SimulatedRow("cat", 0.7f, 0, 0.4f, 0.1f, 0.2f));
    }

    @Test
    void isNeverQuiteSure() {
        Actor clear =
                new Actor("car", 0.2, 0.2, 0.98, 0, Path.startingAt(0.5, 0.5, 1).waiting(1));

        assertThat(clear.seenAt(0, 1))
                .hasValueSatisfying(row -> assertThat(row.confidence()).isEqualTo(0.99f));
    }
}
