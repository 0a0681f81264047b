package io.lightnvr.mqtt.visit;

import static io.lightnvr.mqtt.event.Events.SECOND;
import static io.lightnvr.mqtt.event.Events.event;
import static io.lightnvr.mqtt.visit.Stage.DRIVE;
import static io.lightnvr.mqtt.visit.Stage.STREET;
import static io.lightnvr.mqtt.visit.Stage.at;
import static io.lightnvr.mqtt.visit.Stage.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingStillTest {

    private static final Detection CAR = at(DRIVE, "car", 0.8f);

    private Instant now = Instant.ofEpochSecond(SECOND);
    private StandingStill standing = StandingStill.NOTHING;

    @Test
    void threeSightingsOverSixtySecondsStandStill() {
        see(CAR);
        later(30).see(CAR);
        assertThat(standing.has(CAR)).isFalse();

        later(30).see(CAR);
        assertThat(standing.has(CAR)).isTrue();
    }

    @Test
    void twoSightingsAreNotEnough() {
        see(CAR);
        later(60).see(CAR);

        assertThat(standing.has(CAR)).isFalse();
    }

    /** Three visitors within ten minutes stand at the same door. */
    @Test
    void whoComesBackToTheSamePlaceIsSomebodyNew() {
        for (int visitor = 0; visitor < 3; visitor++) {
            for (int i = 0; i < 10; i++) {
                assertThat(standing.has(CAR)).isFalse();
                see(CAR);
                later(1);
            }
            later(100);
        }

        assertThat(standing.has(CAR)).isFalse();
    }

    @Test
    void lessThanSixtySecondsAreNotEnough() {
        for (int i = 0; i < 60; i++) {
            see(CAR);
            later(1);
        }

        assertThat(standing.has(CAR)).isFalse();
        see(CAR);
        assertThat(standing.has(CAR)).isTrue();
    }

    @Test
    void anEventIsOneSightingHoweverManyDetectionsMatch() {
        see(CAR, CAR, CAR);
        later(60).see(CAR, CAR, CAR);

        assertThat(standing.boxes()).hasSize(1);
        assertThat(standing.has(CAR)).isFalse();
    }

    @Test
    void aBoxOfAnotherLabelIsSomethingElse() {
        park(CAR);

        assertThat(standing.has(at(DRIVE, "person", 0.8f))).isFalse();
    }

    @Test
    void aBoxThatOverlapsLessIsNoFurtherSighting() {
        see(CAR);
        later(30).see(at(moved(DRIVE, 0.12), "car", 0.8f));
        later(30).see(CAR);

        assertThat(standing.has(CAR)).isFalse();
        assertThat(standing.boxes()).hasSize(2);
    }

    @Test
    void theReferenceDoesNotDriftWithSmallMoves() {
        see(CAR);
        for (int i = 1; i <= 30; i++) {
            later(10).see(at(moved(DRIVE, i * 0.1), "car", 0.8f));
        }

        assertThat(standing.boxes()).noneMatch(StillBox::isStill);
    }

    @Test
    void whatStandsStillMayBeALittleOffButNotMoved() {
        park(CAR);

        assertThat(standing.has(at(moved(DRIVE, 0.24), "car", 0.8f))).isTrue();
        assertThat(standing.has(at(moved(DRIVE, 0.26), "car", 0.8f))).isFalse();
    }

    @Test
    void aSightingThatIsALittleOffKeepsIt() {
        park(CAR);
        later(599).see(at(moved(DRIVE, 0.2), "car", 0.8f));

        later(599).see();
        assertThat(standing.has(CAR)).isTrue();
    }

    @Test
    void whatIsNotSeenForTenMinutesIsForgotten() {
        park(CAR);

        assertThat(standing.at(now.plusSeconds(599)).has(CAR)).isTrue();
        assertThat(standing.at(now.plusSeconds(600)).has(CAR)).isFalse();
        assertThat(standing.at(now.plusSeconds(600)).boxes()).isEmpty();
    }

    @Test
    void twoParkedCarsAreTwo() {
        Detection other = at(STREET, "car", 0.7f);
        park(CAR, other);

        assertThat(standing.boxes()).hasSize(2);
        assertThat(standing.has(CAR)).isTrue();
        assertThat(standing.has(other)).isTrue();
    }

    @Test
    void aDetectionMatchesTheBoxThatOverlapsMost() {
        Detection near = at(moved(DRIVE, 0.15), "car", 0.8f);
        see(CAR, near);
        later(30).see(near);
        later(30).see(near);

        assertThat(standing.boxes()).extracting(StillBox::sightings).containsExactly(1, 3);
        assertThat(standing.has(at(moved(DRIVE, 0.1), "car", 0.8f))).isTrue();
        assertThat(standing.has(at(moved(DRIVE, 0.05), "car", 0.8f))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1, 1", "0, 0, 0.99, 0.99", "0.5, 0.5, 0, 0.1", "0.5, 0.5, 0.1, 0", "0.5, 0.5, -0.1, -0.1"})
    void theWholePictureAndAnEmptyBoxNeverStandStill(float x, float y, float width, float height) {
        Detection nowhere = at(new Box(x, y, width, height), "motion", 1);
        park(nowhere);

        assertThat(standing.has(nowhere)).isFalse();
        assertThat(standing.boxes()).isEmpty();
    }

    @Test
    void aBoxAcrossTheWholeWidthIsAPlace() {
        Detection train = at(new Box(0, 0.4f, 1, 0.2f), "train", 0.9f);
        park(train);

        assertThat(standing.has(train)).isTrue();
    }

    @Test
    void beyondTheBoundTheOldestSightingGoes() {
        IntStream.rangeClosed(0, StandingStill.MOST).forEach(i -> later(i % 2).see(at(place(i), "person", 0.5f)));

        assertThat(standing.boxes()).hasSize(StandingStill.MOST);
        assertThat(standing.boxes())
                .extracting(StillBox::box)
                .doesNotContain(place(0))
                .contains(place(1));
    }

    @Test
    void whatStandsStillOutlivesManyWalkers() {
        park(CAR);
        IntStream.range(0, 200).forEach(i -> later(i % 4 / 3).see(at(place(i), "person", 0.5f)));

        assertThat(standing.has(CAR)).isTrue();
        assertThat(standing.boxes()).hasSize(StandingStill.MOST);
    }

    @Test
    void aCrowdInOneEventIsBounded() {
        see(IntStream.range(0, 1_000)
                .mapToObj(i -> at(place(i), "person", 0.5f))
                .toArray(Detection[]::new));

        assertThat(standing.boxes()).hasSize(StandingStill.MOST);
    }

    @Test
    void aClockThatIsSetBackKeepsItForTenMinutesMore() {
        park(CAR);
        Instant back = now.minusSeconds(86_400);

        assertThat(standing.at(back).has(CAR)).isTrue();
        assertThat(standing.at(back).at(back.plusSeconds(599)).has(CAR)).isTrue();
        assertThat(standing.at(back).at(back.plusSeconds(600)).has(CAR)).isFalse();
    }

    @Test
    void overlapIsIntersectionOverUnion() {
        StillBox box = StillBox.of(CAR, now);

        assertThat(box.overlap(DRIVE)).isEqualTo(1);
        assertThat(box.overlap(STREET)).isZero();
        assertThat(box.overlap(moved(DRIVE, 0.5))).isCloseTo(1.0 / 3, within(1e-6));
        assertThat(box.overlap(new Box(0.1f, 0.5f, 0.1f, 0.1f))).isCloseTo(0.25, within(1e-6));
    }

    private static Box place(int i) {
        return new Box(i % 40 * 0.025f, i / 40 * 0.02f, 0.02f, 0.02f);
    }

    private void park(Detection... detections) {
        see(detections);
        later(30).see(detections);
        later(30).see(detections);
    }

    private StandingStillTest later(int seconds) {
        now = now.plusSeconds(seconds);
        return this;
    }

    private void see(Detection... detections) {
        standing = standing.at(now);
        if (detections.length > 0) {
            standing = standing.and(event(now.getEpochSecond(), detections), now);
        }
    }
}
