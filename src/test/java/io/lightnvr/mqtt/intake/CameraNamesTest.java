package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.FakeSource;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CameraNamesTest {

    private static final StreamName DOOR = new StreamName("door");
    private static final StreamName PORCH = new StreamName("porch");
    private static final StreamName YARD = new StreamName("yard");

    private final Store store =
            new MemoryStore(new StoreLimits(100, Duration.ofDays(1), Duration.ofSeconds(30)), Clock.systemUTC());
    private final List<String> renamed = new ArrayList<>();
    private final CameraNames names = new CameraNames(store, new FakeSource(), store::rename, new IntakeListener() {
        @Override
        public void renamed(StreamName old, StreamName now) {
            renamed.add(old + " -> " + now);
        }
    });

    @Test
    void followsACameraToItsNewName() {
        names.follow(list("door:1", "yard:2"));

        StreamList now = names.follow(list("porch:1", "yard:2"));

        assertThat(renamed).containsExactly("door -> porch");
        assertThat(now.names()).containsExactly(PORCH, YARD);
        assertThat(store.devices()).containsEntry(PORCH, DOOR);
    }

    @Test
    void leavesOutAnOldNameThatIsStillListed() {
        names.follow(list("door:1"));

        StreamList now = names.follow(list("porch:1", "door"));

        assertThat(renamed).containsExactly("door -> porch");
        assertThat(now.names()).containsExactlyInAnyOrder(PORCH, DOOR);
    }

    @Test
    void followsACameraToANameThatAnotherOneHasJustLeft() {
        names.follow(list("door:1", "porch:2"));

        names.follow(list("porch:1", "yard:2"));

        assertThat(renamed).containsExactly("porch -> yard", "door -> porch");
        assertThat(store.streamOf("1")).contains(PORCH);
        assertThat(store.streamOf("2")).contains(YARD);
    }

    @Test
    void letsCamerasThatSwapTheirNamesKeepTheDevicesOfTheseNames() {
        names.follow(list("door:1", "porch:2"));

        names.follow(list("door:2", "porch:1"));
        names.follow(list("door:2", "porch:1"));

        assertThat(renamed).isEmpty();
        assertThat(store.streamOf("1")).contains(PORCH);
        assertThat(store.streamOf("2")).contains(DOOR);
    }

    @Test
    void believesEventsOnlyWhileNoListNamesTheCameras() {
        names.heard(DOOR, Optional.of("1"));
        names.heard(PORCH, Optional.of("1"));
        assertThat(renamed).containsExactly("door -> porch");

        names.follow(list("porch:1"));

        assertThat(names.heard(YARD, Optional.of("1"))).isFalse();
        assertThat(names.heard(PORCH, Optional.of("1"))).isTrue();
        assertThat(names.heard(YARD, Optional.of("2"))).isTrue();
        assertThat(renamed).hasSize(1);
    }

    @Test
    void knowsNothingOfCamerasOfAnOlderRecorder() {
        names.follow(list("door", "porch"));
        names.follow(list("porch", "yard"));

        assertThat(renamed).isEmpty();
        assertThat(store.devices()).isEmpty();
    }

    /** Streams such as {@code door:1}, or {@code door} without a camera. */
    private static StreamList list(String... streams) {
        return new StreamList(
                Stream.of(streams)
                        .map(text -> text.split(":"))
                        .map(parts -> new StreamList.Stream(
                                new StreamName(parts[0]),
                                true,
                                Optional.empty(),
                                parts.length > 1 ? Optional.of(parts[1]) : Optional.empty()))
                        .toList(),
                true,
                Set.of(),
                Duration.ofSeconds(10));
    }
}
