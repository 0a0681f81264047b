package io.lightnvr.mqtt.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusBoardTest {

    private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");
    private static final StreamName DOOR = new StreamName("front_door");

    private final StatusBoard board = new StatusBoard(() -> 0, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void countsDetectionsByStreamAndLabel() {
        board.seen(List.of(event("person", "person", "dog"), event("dog")));

        assertThat(board.counts().seen()).isEqualTo(2);
        assertThat(board.detections())
                .containsEntry(new StatusBoard.Labelled(DOOR, "person"), 2L)
                .containsEntry(new StatusBoard.Labelled(DOOR, "dog"), 2L);
    }

    /** Labels come from outside; they must not fill the memory. */
    @Test
    void countsNoMoreThanAThousandLabels() {
        for (int label = 0; label < 1_100; label++) {
            board.seen(List.of(event("label " + label)));
        }
        board.seen(List.of(event("label 0")));

        assertThat(board.detections()).hasSize(1_000).containsEntry(new StatusBoard.Labelled(DOOR, "label 0"), 2L);
        assertThat(board.counts().seen()).isEqualTo(1_101);
    }

    @Test
    void countsHowLongEventsTookInAllAndInThisMinute() {
        board.published(Duration.ofMillis(4));

        assertThat(board.counts().published()).isEqualTo(1);
        assertThat(board.latencies().counted().sum()).isEqualTo(Duration.ofMillis(4));
        assertThat(board.lastHour().minutes().get(LastHour.MINUTES - 1).longest())
                .hasValue(4);
    }

    @Test
    void knowsWhenTheLastErrorCame() {
        assertThat(board.lastErrorAt()).isEmpty();

        board.error("The broker is away");

        assertThat(board.lastErrorAt()).contains(NOW);
    }

    private static DetectionEvent event(String... labels) {
        List<Detection> detections = Arrays.stream(labels)
                .map(label -> new Detection(label, 0.9f, Box.whole(), "", "", 1))
                .toList();
        return new DetectionEvent(DOOR, 1_764_398_400, detections, Instant.EPOCH);
    }
}
