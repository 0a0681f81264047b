package io.lightnvr.mqtt.state;

import static io.lightnvr.mqtt.event.Events.FRONT_DOOR;
import static io.lightnvr.mqtt.event.Events.SECOND;
import static io.lightnvr.mqtt.event.Events.detection;
import static io.lightnvr.mqtt.event.Events.event;
import static io.lightnvr.mqtt.event.Events.inZone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.lightnvr.mqtt.event.ClearTimes;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamStatesTest {

    private static final StreamName GARAGE = new StreamName("garage");
    private static final Detection PERSON = detection("person", 0.9f);
    private static final Detection CAR = detection("car", 0.8f);

    /** A monotonic clock may stand anywhere; this one goes over its end in the middle of each test. */
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

    private final StreamStates states =
            new StreamStates(EventGroups.standard(), List.of(), ClearTimes.always(Duration.ofSeconds(30)));

    @BeforeEach
    void watchOneStream() {
        states.watch(FRONT_DOOR, Optional.of(List.of("entrance", "yard")));
    }

    @Test
    void showsNothingBeforeTheFirstEvent() {
        StreamView view = show();

        assertThat(view.count()).isZero();
        assertThat(view.labels()).isEmpty();
        assertThat(view.groups())
                .containsExactly(
                        entry("person", false),
                        entry("vehicle", false),
                        entry("animal", false),
                        entry("package", false));
        assertThat(view.zones()).containsExactly(entry("entrance", false), entry("yard", false));
        assertThat(view.lastLabel()).isEmpty();
        assertThat(view.lastDetection()).isEmpty();
    }

    @Test
    void showsWhatAnEventHas() {
        seen(event(SECOND, PERSON, inZone("car", 0.99f, "yard"), CAR));

        StreamView view = show();

        assertThat(view.count()).isEqualTo(3);
        assertThat(view.labels()).containsExactly(entry("car", 2), entry("person", 1));
        assertThat(view.groups())
                .containsEntry("person", true)
                .containsEntry("vehicle", true)
                .containsEntry("animal", false);
        assertThat(view.zones()).containsExactly(entry("entrance", false), entry("yard", true));
        assertThat(view.lastLabel()).isEqualTo("person");
        assertThat(view.lastDetection()).contains(Instant.ofEpochSecond(SECOND));
    }

    @Test
    void motionCountsButBelongsToNoGroup() {
        seen(event(SECOND, detection("motion", 1)));

        assertThat(show().count()).isEqualTo(1);
        assertThat(show().groups()).doesNotContainValue(true);
        assertThat(show().lastLabel()).isEqualTo("motion");
    }

    @Test
    void aLabelIsClearedWhenItsTimeHasPassed() {
        seen(event(SECOND, inZone("person", 0.9f, "entrance")));

        pass(Duration.ofSeconds(30).minusNanos(1));
        assertThat(show().labels()).containsExactly(entry("person", 1));
        assertThat(show().zones()).containsEntry("entrance", true);

        pass(Duration.ofNanos(1));
        assertThat(show().labels()).isEmpty();
        assertThat(show().count()).isZero();
        assertThat(show().groups()).containsEntry("person", false);
        assertThat(show().zones()).containsEntry("entrance", false);
    }

    @Test
    void theLastDetectionOutlivesWhatIsCleared() {
        seen(event(SECOND, PERSON));
        pass(Duration.ofDays(1));

        assertThat(show().lastLabel()).isEqualTo("person");
        assertThat(show().lastDetection()).contains(Instant.ofEpochSecond(SECOND));
    }

    @Test
    void eachLabelHasItsOwnTime() {
        seen(event(SECOND, PERSON, CAR));
        pass(Duration.ofSeconds(20));
        seen(event(SECOND + 20, CAR));
        pass(Duration.ofSeconds(10));

        assertThat(show().labels()).containsExactly(entry("car", 1));
    }

    @Test
    void theNewestEventSaysHowMany() {
        seen(event(SECOND, PERSON, detection("person", 0.7f)));
        pass(Duration.ofSeconds(1));
        seen(event(SECOND + 1, PERSON));

        assertThat(show().labels()).containsExactly(entry("person", 1));
    }

    @Test
    void theLaterOfTwoEventsOfOneSecondIsTheNewer() {
        seen(event(SECOND, PERSON));
        seen(event(SECOND, PERSON, detection("person", 0.7f)));

        assertThat(show().labels()).containsExactly(entry("person", 2));
    }

    @Test
    void aLateRowReplacesNoNewerNumbersButLengthensTheTime() {
        seen(event(SECOND, PERSON, detection("person", 0.7f)));
        pass(Duration.ofSeconds(10));
        seen(event(SECOND - 20, PERSON, CAR));

        assertThat(show().labels()).containsExactly(entry("person", 2), entry("car", 1));
        assertThat(show().lastDetection()).contains(Instant.ofEpochSecond(SECOND));

        pass(Duration.ofSeconds(29));
        assertThat(show().labels()).containsExactly(entry("person", 2), entry("car", 1));

        pass(Duration.ofSeconds(1));
        assertThat(show().labels()).isEmpty();
    }

    @Test
    void aLateRowOfSomethingThatWasClearedShowsItAgain() {
        seen(event(SECOND, PERSON, detection("person", 0.7f)));
        pass(Duration.ofSeconds(30));
        seen(event(SECOND - 20, PERSON));

        assertThat(show().labels()).containsExactly(entry("person", 1));
        assertThat(show().lastDetection()).contains(Instant.ofEpochSecond(SECOND));
    }

    @Test
    void aRecordersClockThatWasSetBackIsFollowed() {
        long hourAgo = SECOND - Duration.ofHours(1).toSeconds();
        seen(event(SECOND, PERSON, detection("person", 0.7f)));

        seen(event(hourAgo, CAR));
        assertThat(show().lastDetection()).contains(Instant.ofEpochSecond(SECOND));

        seen(event(hourAgo - 1, PERSON));
        assertThat(show().lastDetection()).contains(Instant.ofEpochSecond(hourAgo - 1));
        assertThat(show().labels()).containsEntry("person", 1);
    }

    @Test
    void theTimeBeginsWhenTheEventCouldHaveBeenSent() {
        states.detected(event(SECOND, PERSON), Duration.ofSeconds(29), nanos);

        assertThat(show().labels()).containsExactly(entry("person", 1));
        assertThat(states.nextChange(nanos)).contains(Duration.ofSeconds(1));
    }

    @Test
    void anEventThatWaitedLongerChangesNothing() {
        StreamView before = show();
        states.detected(event(SECOND, PERSON), Duration.ofSeconds(30).plusNanos(1), nanos);

        assertThat(show()).isEqualTo(before);
    }

    @Test
    void aZoneThatADetectionNamesIsShownUntilTheNextListWithoutIt() {
        seen(event(SECOND, inZone("person", 0.9f, "street")));
        assertThat(show().zones())
                .containsExactly(entry("entrance", false), entry("yard", false), entry("street", true));

        states.watch(FRONT_DOOR, Optional.of(List.of("entrance")));
        assertThat(show().zones()).containsExactly(entry("entrance", false), entry("street", true));

        pass(Duration.ofSeconds(30));
        assertThat(show().zones()).containsExactly(entry("entrance", false));
    }

    @Test
    void aZoneThatOnlyADetectionNamesIsOffWhenItIsLeft() {
        seen(event(SECOND, inZone("person", 0.9f, "street")));
        pass(Duration.ofSeconds(30));

        assertThat(show().zones()).containsEntry("street", false);
    }

    @Test
    void nextChangeIsTheNextLabelOrZoneToBeCleared() {
        assertThat(states.nextChange(nanos)).isEmpty();

        states.watch(GARAGE, Optional.of(List.of()));
        seen(event(SECOND, PERSON));
        pass(Duration.ofSeconds(5));
        seen(new DetectionEvent(GARAGE, SECOND, List.of(CAR), Instant.EPOCH));
        states.all(nanos);

        assertThat(states.nextChange(nanos)).contains(Duration.ofSeconds(25));
        pass(Duration.ofSeconds(25));
        assertThat(states.changed(nanos)).containsOnlyKeys(FRONT_DOOR);
        assertThat(states.nextChange(nanos)).contains(Duration.ofSeconds(5));
        pass(Duration.ofSeconds(5));
        assertThat(states.changed(nanos)).containsOnlyKeys(GARAGE);
        assertThat(states.nextChange(nanos)).isEmpty();
    }

    @Test
    void aChangeThatIsOverdueIsNotForgotten() {
        seen(event(SECOND, PERSON));
        states.all(nanos);
        pass(Duration.ofSeconds(31));

        assertThat(states.nextChange(nanos)).contains(Duration.ZERO);
        assertThat(states.changed(nanos).get(FRONT_DOOR).count()).isZero();
    }

    @Test
    void changedGivesOnlyWhatIsNew() {
        assertThat(states.changed(nanos)).containsOnlyKeys(FRONT_DOOR);
        assertThat(states.changed(nanos)).isEmpty();

        seen(event(SECOND, PERSON));
        assertThat(states.changed(nanos)).containsOnlyKeys(FRONT_DOOR);

        seen(event(SECOND, PERSON));
        assertThat(states.changed(nanos)).isEmpty();
    }

    @Test
    void allGivesEveryStream() {
        states.watch(GARAGE, Optional.of(List.of()));
        states.all(nanos);

        assertThat(states.all(nanos)).containsOnlyKeys(FRONT_DOOR, GARAGE);
        assertThat(states.changed(nanos)).isEmpty();
    }

    @Test
    void streamsThatAreNotWatchedAreNotShown() {
        StreamStates none =
                new StreamStates(EventGroups.standard(), List.of(), ClearTimes.always(Duration.ofSeconds(30)));
        none.detected(event(SECOND, PERSON), Duration.ZERO, nanos);

        assertThat(none.all(nanos)).isEmpty();
        assertThat(none.nextChange(nanos)).isEmpty();
    }

    @Test
    void groupsMayHaveTimesOfTheirOwn() {
        StreamStates own = new StreamStates(
                EventGroups.standard(),
                List.of(),
                new ClearTimes(
                        Duration.ofSeconds(30),
                        Map.of("vehicle", Duration.ofMinutes(5), "animal", Duration.ofSeconds(5))));
        own.watch(FRONT_DOOR, Optional.of(List.of()));
        own.detected(
                event(SECOND, PERSON, inZone("car", 0.9f, "yard"), inZone("cat", 0.9f, "pond")), Duration.ZERO, nanos);

        pass(Duration.ofSeconds(5));
        assertThat(own.all(nanos).get(FRONT_DOOR).labels()).containsOnlyKeys("person", "car");
        assertThat(own.all(nanos).get(FRONT_DOOR).zones()).containsEntry("pond", false);
        pass(Duration.ofSeconds(25));
        assertThat(own.all(nanos).get(FRONT_DOOR).labels()).containsOnlyKeys("car");
        pass(Duration.ofSeconds(269));
        String saved = own.save(FRONT_DOOR, Instant.EPOCH, nanos);
        assertThat(own.all(nanos).get(FRONT_DOOR).zones()).containsEntry("yard", true);
        pass(Duration.ofSeconds(1));
        assertThat(own.all(nanos).get(FRONT_DOOR).labels()).isEmpty();
        assertThat(own.all(nanos).get(FRONT_DOOR).zones()).containsEntry("yard", false);

        own.restore(FRONT_DOOR, saved, Instant.EPOCH.minusSeconds(7_200), nanos);
        pass(Duration.ofSeconds(299));
        assertThat(own.all(nanos).get(FRONT_DOOR).labels()).containsOnlyKeys("car");
        pass(Duration.ofSeconds(1));
        assertThat(own.all(nanos).get(FRONT_DOOR).labels()).isEmpty();
    }

    @Test
    void zonesShowTheGroupsThatAreInThemForTheTimesOfTheirLabels() {
        StreamStates own = new StreamStates(
                EventGroups.standard(),
                List.of("person", "vehicle"),
                new ClearTimes(Duration.ofSeconds(30), Map.of("vehicle", Duration.ofMinutes(5))));
        own.watch(FRONT_DOOR, Optional.of(List.of("entrance", "yard")));
        own.detected(
                event(
                        SECOND,
                        inZone("person", 0.9f, "entrance"),
                        inZone("car", 0.9f, "yard"),
                        inZone("cat", 0.9f, "yard"),
                        CAR),
                Duration.ZERO,
                nanos);

        assertThat(own.all(nanos).get(FRONT_DOOR).zoneGroups())
                .containsExactly(
                        entry("entrance", Map.of("person", true, "vehicle", false)),
                        entry("yard", Map.of("person", false, "vehicle", true)));
        pass(Duration.ofSeconds(30));
        assertThat(own.changed(nanos).get(FRONT_DOOR).zoneGroups())
                .containsEntry("entrance", Map.of("person", false, "vehicle", false))
                .containsEntry("yard", Map.of("person", false, "vehicle", true));
        assertThat(own.nextChange(nanos)).contains(Duration.ofSeconds(270));
        pass(Duration.ofSeconds(270));
        assertThat(own.changed(nanos).get(FRONT_DOOR).zoneGroups())
                .containsEntry("yard", Map.of("person", false, "vehicle", false));
    }

    @Test
    void zonesShowNoGroupsUnlessSomebodyWantsThem() {
        seen(event(SECOND, inZone("person", 0.9f, "entrance")));

        assertThat(show().zoneGroups()).isEmpty();
    }

    @Test
    void aLabelOfSeveralGroupsStaysForTheLongestOfTheirTimes() {
        StreamStates own = new StreamStates(
                new EventGroups(Map.of("pet", Set.of("dog"), "large", Set.of("dog", "cow"))),
                List.of(),
                new ClearTimes(Duration.ofSeconds(30), Map.of("pet", Duration.ofMinutes(1))));
        own.watch(FRONT_DOOR, Optional.of(List.of()));
        own.detected(event(SECOND, detection("dog", 0.9f), detection("cow", 0.9f)), Duration.ZERO, nanos);

        pass(Duration.ofSeconds(30));

        assertThat(own.all(nanos).get(FRONT_DOOR).groups()).containsOnly(entry("pet", true), entry("large", true));
        assertThat(own.all(nanos).get(FRONT_DOOR).labels()).containsOnlyKeys("dog");
    }

    @Test
    void keepsTheZonesThatItKnowsWhileNobodyTellsThem() {
        states.watch(FRONT_DOOR, Optional.empty());

        assertThat(show().zones()).containsExactly(entry("entrance", false), entry("yard", false));
    }

    @Test
    void showsNothingOfAStreamThatIsForgotten() {
        states.unwatch(FRONT_DOOR);

        assertThat(states.all(nanos)).isEmpty();
        assertThat(states.watches(FRONT_DOOR)).isFalse();
    }

    private void seen(DetectionEvent event) {
        states.detected(event, Duration.ZERO, nanos);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private StreamView show() {
        return states.all(nanos).get(FRONT_DOOR);
    }
}
