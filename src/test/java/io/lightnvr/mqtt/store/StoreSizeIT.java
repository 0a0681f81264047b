package io.lightnvr.mqtt.store;

import static io.lightnvr.mqtt.store.Events.DOOR;
import static io.lightnvr.mqtt.store.Events.NOON;
import static io.lightnvr.mqtt.store.Events.checkpoint;
import static io.lightnvr.mqtt.store.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.publish.RenderedEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file does not grow for ever: 100,000 events go through it. */
class StoreSizeIT {

    private static final StoreLimits LIMITS = new StoreLimits(200_000, Duration.ofHours(24), Duration.ofSeconds(30));

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();

    @Test
    void givesTheRoomBackWhenEventsHaveGone() throws Exception {
        Path file = folder.resolve("lightnvr-mqtt.db");
        Store store = SqliteStore.open(folder, LIMITS, clock);
        for (int poll = 0; poll < 1_000; poll++) {
            store.add(DOOR, events(poll, 100), Optional.empty());
        }
        long full = Files.size(file);
        while (store.backlog().waiting() > 0) {
            store.remove(store.take(new TakeRequest(2_000, 2_000, Set.of())));
        }
        for (int minute = 0; minute < 60; minute++) {
            clock.pass(Duration.ofMinutes(1));
            store.add(DOOR, List.of(), checkpoint("minute " + minute));
        }

        long left = Files.size(file) + Files.size(folder.resolve("lightnvr-mqtt.db-wal"));
        store.close();
        assertThat(full).isGreaterThan(50_000_000);
        assertThat(left).isLessThan(5_000_000);
    }

    private static List<RenderedEvent> events(int poll, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> event(DOOR, poll + "/" + i, NOON, 500))
                .toList();
    }
}
