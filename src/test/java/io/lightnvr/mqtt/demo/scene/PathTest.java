package io.lightnvr.mqtt.demo.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.scene.Path.Stop;
import org.junit.jupiter.api.Test;

class PathTest {

    private final Path path = Path.startingAt(0, 0.5, 1).to(0.8, 0.5, 2, 4).waiting(3);

    @Test
    void isHalfWayAfterHalfTheTime() {
        assertThat(path.at(2)).isEqualTo(new Stop(2, 0.4, 0.5, 1.5));
    }

    @Test
    void startsSlowly() {
        assertThat(path.at(0.4).x()).isBetween(0.01, 0.03);
    }

    @Test
    void staysWhereItWaits() {
        assertThat(path.at(5)).isEqualTo(new Stop(5, 0.8, 0.5, 2));
        assertThat(path.duration()).isEqualTo(7);
    }

    @Test
    void isAtItsEndsBeforeAndAfter() {
        assertThat(path.at(-1)).isEqualTo(new Stop(0, 0, 0.5, 1));
        assertThat(path.at(99)).isEqualTo(new Stop(7, 0.8, 0.5, 2));
    }
}
