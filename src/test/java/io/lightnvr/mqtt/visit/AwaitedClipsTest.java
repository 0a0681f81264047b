package io.lightnvr.mqtt.visit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AwaitedClipsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T06:30:00Z");

    @Test
    void asksOnceAMinuteAsLongAsAVisitWaits() {
        AwaitedClips clips = AwaitedClips.NONE.askedAt(NOW).and(end("a", 100), true, NOW);

        assertThat(AwaitedClips.NONE.nextDue(NOW)).isEmpty();
        assertThat(clips.nextDue(NOW)).contains(NOW.plusSeconds(60));
        assertThat(clips.dueAt(NOW.plusSeconds(59))).isEmpty();
        assertThat(clips.and(end("b", 200), true, NOW).dueAt(NOW.plusSeconds(60)))
                .contains(new Span(50, 200));
        assertThat(clips.without(clips.visits()).nextDue(NOW)).isEmpty();
    }

    @Test
    void waitsFor20Minutes() {
        AwaitedClips clips = AwaitedClips.NONE.and(end("a", 100), true, NOW);

        assertThat(clips.at(NOW.plus(Duration.ofMinutes(20)).minusNanos(1)).visits())
                .hasSize(1);
        assertThat(clips.at(NOW.plus(Duration.ofMinutes(20))).visits()).isEmpty();
    }

    @Test
    void keepsTheNewest32() {
        AwaitedClips clips = AwaitedClips.NONE;
        for (int i = 0; i < 40; i++) {
            clips = clips.and(end("visit " + i, i), true, NOW);
        }

        assertThat(clips.visits())
                .hasSize(32)
                .first()
                .extracting(ended -> ended.report().visitId())
                .isEqualTo("visit 8");
    }

    @Test
    void waitsNoLongerWhenTheClockIsSetBack() {
        AwaitedClips clips = AwaitedClips.NONE.askedAt(NOW).and(end("a", 100), true, NOW);
        Instant back = NOW.minus(Duration.ofDays(1));

        assertThat(clips.dueAt(back)).isPresent();
        assertThat(clips.at(back).askedAt(back).nextDue(back)).contains(back.plusSeconds(60));
        assertThat(clips.at(back).at(back.plus(AwaitedClips.LONGEST)).visits()).isEmpty();
    }

    static VisitReport end(String id, long ended) {
        return new VisitReport(
                VisitReport.Type.END,
                id,
                3,
                new StreamName("front_door"),
                50,
                OptionalLong.of(ended),
                ended - 50,
                "person",
                List.of(),
                List.of("person", "vehicle"),
                Map.of("person", new VisitLabel(2, 0.9f)),
                List.of("path"),
                7,
                new VisitBest("person", 0.9f, Box.whole(), 60, "event"),
                Optional.empty());
    }
}
