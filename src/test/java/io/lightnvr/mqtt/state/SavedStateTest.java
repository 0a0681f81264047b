package io.lightnvr.mqtt.state;

import static io.lightnvr.mqtt.event.Events.FRONT_DOOR;
import static io.lightnvr.mqtt.event.Events.SECOND;
import static io.lightnvr.mqtt.event.Events.detection;
import static io.lightnvr.mqtt.event.Events.event;
import static io.lightnvr.mqtt.event.Events.inZone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.lightnvr.mqtt.event.ClearTimes;
import io.lightnvr.mqtt.event.EventGroups;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stream showed outlives the process, but never longer than it would have been shown. */
class SavedStateTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final long BEFORE = 1_000_000_000_000L;
    private static final long AFTER = -7;

    private final StreamStates before = states();
    private final StreamStates after = states();

    @Test
    void showsTheSameForTheTimeThatIsLeft() {
        before.watch(FRONT_DOOR, Optional.of(List.of()));
        before.detected(event(SECOND, detection("person", 0.9f), inZone("car", 0.8f, "yard")), Duration.ZERO, BEFORE);
        String saved = before.save(FRONT_DOOR, NOON, BEFORE);

        after.restore(FRONT_DOOR, saved, NOON.plusSeconds(20), AFTER);

        assertThat(after.all(AFTER)).isEqualTo(before.all(BEFORE));
        assertThat(after.nextChange(AFTER)).contains(Duration.ofSeconds(10));
        StreamView cleared = after.all(AFTER + Duration.ofSeconds(10).toNanos()).get(FRONT_DOOR);
        assertThat(cleared.count()).isZero();
        assertThat(cleared.zones()).isEmpty();
        assertThat(cleared.lastLabel()).isEqualTo("person");
        assertThat(cleared.lastDetection()).contains(Instant.ofEpochSecond(SECOND));
    }

    @Test
    void showsTheGroupsThatWereInZonesUnlessTheyAreNotWantedAnyMore() {
        StreamStates old = states("person", "vehicle");
        old.watch(FRONT_DOOR, Optional.of(List.of()));
        old.detected(event(SECOND, inZone("person", 0.9f, "yard"), inZone("car", 0.8f, "gate")), Duration.ZERO, BEFORE);
        StreamStates persons = states("person");

        persons.restore(FRONT_DOOR, old.save(FRONT_DOOR, NOON, BEFORE), NOON.plusSeconds(20), AFTER);

        assertThat(persons.all(AFTER).get(FRONT_DOOR).zoneGroups())
                .containsOnly(entry("yard", Map.of("person", true)), entry("gate", Map.of("person", false)));
        long over = AFTER + Duration.ofSeconds(10).toNanos();
        assertThat(persons.all(over).get(FRONT_DOOR).zoneGroups()).isEmpty();
        before.watch(FRONT_DOOR, Optional.of(List.of()));
        assertThat(before.save(FRONT_DOOR, NOON, BEFORE)).doesNotContain("zone_groups");
    }

    @Test
    void clearsWhatIsOverByThenButNotTheLastDetection() {
        before.watch(FRONT_DOOR, Optional.of(List.of()));
        before.detected(event(SECOND, detection("person", 0.9f)), Duration.ZERO, BEFORE);

        after.restore(FRONT_DOOR, before.save(FRONT_DOOR, NOON, BEFORE), NOON.plusSeconds(31), AFTER);

        StreamView view = after.all(AFTER).get(FRONT_DOOR);
        assertThat(view.count()).isZero();
        assertThat(view.lastLabel()).isEqualTo("person");
    }

    @Test
    void showsNothingForLongerThanAfterADetectionWhateverTheClockDid() {
        before.watch(FRONT_DOOR, Optional.of(List.of()));
        before.detected(event(SECOND, detection("person", 0.9f)), Duration.ZERO, BEFORE);

        after.restore(FRONT_DOOR, before.save(FRONT_DOOR, NOON, BEFORE), NOON.minus(Duration.ofDays(300)), AFTER);

        assertThat(after.nextChange(AFTER)).contains(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "3",
                "{}",
                "{\"labels\":7,\"zones\":[1]}",
                "{\"zone_groups\":{\"person\":[1]}}",
                "{\"last_second\":\"x\"}",
                "{\"labels\":{\"person\":{\"count\":1,\"until\":-9223372036854775808}}}"
            })
    void knowsNothingIfTheSavedTextIsAnythingElse(String saved) {
        after.restore(FRONT_DOOR, saved, NOON, AFTER);

        assertThat(after.all(AFTER).get(FRONT_DOOR).count()).isZero();
        assertThat(after.watches(FRONT_DOOR)).isTrue();
    }

    private static StreamStates states(String... zoneGroups) {
        return new StreamStates(EventGroups.standard(), List.of(zoneGroups), ClearTimes.always(Duration.ofSeconds(30)));
    }
}
