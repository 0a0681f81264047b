package io.lightnvr.mqtt.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRows.Stored;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedRowsTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final long NOW = 1_795_352_249;

    private final SimulatedClock clock = new SimulatedClock(new SettableClock(NOW), ZoneOffset.UTC);
    private final SimulatedRows rows = new SimulatedRows(clock);

    @Test
    void givesTheNewestFirstAndTheLastInsertedFirstWithinASecond() {
        rows.insertFrame(DOOR, NOW, row("late"));
        rows.insertFrame(DOOR, NOW - 5, row("early a"), row("early b"));

        assertThat(labels(rows.newest(DOOR, 0, Long.MAX_VALUE))).containsExactly("late", "early b", "early a");
    }

    @Test
    void givesNoMoreThanTwentyRows() {
        for (int i = 0; i < 25; i++) {
            rows.insertFrame(DOOR, NOW + i, row("row " + i));
        }

        List<String> newest = labels(rows.newest(DOOR, 0, Long.MAX_VALUE));

        assertThat(newest).hasSize(20).startsWith("row 24").endsWith("row 5");
    }

    @Test
    void includesBothEndsOfAWindow() {
        for (int i = 0; i < 5; i++) {
            rows.insertFrame(DOOR, NOW + i, row("row " + i));
        }

        assertThat(labels(rows.newest(DOOR, NOW + 1, NOW + 3))).containsExactly("row 3", "row 2", "row 1");
    }

    @Test
    void findsAnIntervalInEveryWindowThatItOverlaps() {
        rows.insertInterval(DOOR, NOW, NOW + 10, List.of(row("long")));

        assertThat(labels(rows.newest(DOOR, NOW + 10, NOW + 20))).containsExactly("long");
        assertThat(labels(rows.newest(DOOR, NOW + 11, NOW + 20))).isEmpty();
        assertThat(labels(rows.newest(DOOR, 0, NOW - 1))).isEmpty();
    }

    @Test
    void keepsIdenticalRowsApart() {
        rows.insertFrame(DOOR, NOW, row("person"), row("person"));

        assertThat(rows.newest(DOOR, 0, Long.MAX_VALUE)).hasSize(2);
    }

    @Test
    void insertsByTheRecordersOwnClock() {
        clock.setOffset(Duration.ofSeconds(-90));

        rows.insert(DOOR, row("person"));

        assertThat(rows.newest(DOOR, 0, Long.MAX_VALUE))
                .extracting(Stored::second)
                .containsExactly(NOW - 90);
    }

    @Test
    void tellsItsListenerWhenAFrameBecomesVisible() {
        List<String> heard = new ArrayList<>();
        rows.addListener((stream, second, nanoTime) -> heard.add(stream + " " + second));

        rows.insertFrame(DOOR, NOW, row("person"), row("car"));

        assertThat(heard).containsExactly("front_door " + NOW);
    }

    @Test
    void cutsLabelsAtThirtyOneBytes() {
        assertThat(row("é".repeat(16)).labelBytes()).hasSize(31).endsWith((byte) 0xC3);
        assertThat(row("L".repeat(31)).labelBytes()).hasSize(31);
    }

    private static SimulatedRow row(String label) {
        return new SimulatedRow(label, 0.5f, 0.1f, 0.2f, 0.3f, 0.4f);
    }

    private static List<String> labels(List<Stored> stored) {
        return stored.stream().map(row -> row.row().label()).toList();
    }
}
