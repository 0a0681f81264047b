package io.lightnvr.mqtt.demo.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenesTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:30:05.250Z");
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final StreamName DOOR = new StreamName("front_door");
    private static final List<Frame> LIFE = life(1, 4);

    @Test
    void givesTheSameLifeForTheSameSeed() {
        assertThat(life(1, 4)).isEqualTo(LIFE).isNotEqualTo(life(2, 4));
    }

    @Test
    void givesTheSameLifeHoweverOftenItIsAsked() {
        Scenes scenes = new Scenes(1, 4, BEGIN);
        List<Frame> inSteps = new ArrayList<>();

        for (Instant now = BEGIN; !now.isAfter(BEGIN.plus(LONG)); now = now.plusMillis(130)) {
            inSteps.addAll(scenes.until(now));
        }
        inSteps.addAll(scenes.until(BEGIN.plus(LONG)));

        assertThat(inSteps).isEqualTo(LIFE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 42, -7, Long.MAX_VALUE})
    void showsSomebodyAtOnce(long seed) {
        List<Frame> first = new Scenes(seed, 4, BEGIN).until(BEGIN);

        assertThat(first).hasSize(1);
        assertThat(first.get(0).stream()).isEqualTo(DOOR);
        assertThat(first.get(0).rows()).extracting(SimulatedRow::label).containsExactly("person");
    }

    @Test
    void givesAboutOneEventPerSecondOverFourCameras() {
        double perSecond = LIFE.size() / (double) LONG.toSeconds();

        assertThat(perSecond).isCloseTo(1, Offset.offset(0.3));
    }

    @Test
    void keepsASingleCameraLively() {
        assertThat(life(1, 1).size() / (double) LONG.toSeconds()).isGreaterThan(0.3);
    }

    @Test
    void keepsEveryBoxInThePicture() {
        assertThat(life(1, 8)).flatExtracting(Frame::rows).allSatisfy(row -> {
            assertThat(row.x()).isBetween(0f, 1f);
            assertThat(row.y()).isBetween(0f, 1f);
            assertThat(row.x() + row.width()).isBetween(0.001f, 1.000001f);
            assertThat(row.y() + row.height()).isBetween(0.001f, 1.000001f);
        });
    }

    @Test
    void keepsEveryConfidenceBelievableAndNeverStill() {
        List<Float> confidences = LIFE.stream()
                .flatMap(frame -> frame.rows().stream())
                .map(SimulatedRow::confidence)
                .toList();

        assertThat(confidences).allSatisfy(confidence -> assertThat(confidence).isBetween(0.3f, 0.99f));
        assertThat(Set.copyOf(confidences)).hasSizeGreaterThan(500);
    }

    @Test
    void movesEverythingSmoothly() {
        List<Frame> cars = of(life(3, 4), "driveway", "car");

        for (int i = 1; i < cars.size(); i++) {
            if (gap(cars.get(i - 1), cars.get(i)).equals(Duration.ofSeconds(1))) {
                SimulatedRow from = cars.get(i - 1).rows().get(0);
                SimulatedRow to = cars.get(i).rows().get(0);
                assertThat(box(to).centreX()).isCloseTo(box(from).centreX(), Offset.offset(0.4f));
                assertThat(box(to).centreY()).isCloseTo(box(from).centreY(), Offset.offset(0.2f));
            }
        }
        assertThat(cars).hasSizeGreaterThan(100);
    }

    @Test
    void letsEverybodyLeave() {
        for (StreamName stream : new Scenes(1, 4, BEGIN).streams()) {
            List<Frame> frames = of(LIFE, stream.raw(), "");

            long pauses = 0;
            for (int i = 1; i < frames.size(); i++) {
                pauses += gap(frames.get(i - 1), frames.get(i)).compareTo(Duration.ofSeconds(5)) > 0 ? 1 : 0;
            }

            assertThat(pauses).as("pauses of " + stream).isBetween(15L, 120L);
        }
    }

    @Test
    void leadsPeopleToTheEntrance() {
        Scenes scenes = new Scenes(1, 4, BEGIN);
        List<Zone> zones = scenes.zones(DOOR).stream().map(ScenesTest::zone).toList();

        Set<String> entered = of(LIFE, "front_door", "person").stream()
                .flatMap(frame -> frame.rows().stream())
                .map(row -> Zone.nameFor(zones, row.label(), row.confidence(), box(row)))
                .collect(Collectors.toSet());

        assertThat(entered).contains("entrance", "path");
    }

    @Test
    void showsAllKindsOfVisitors() {
        Set<String> labels = LIFE.stream()
                .flatMap(frame -> frame.rows().stream())
                .map(SimulatedRow::label)
                .collect(Collectors.toSet());

        assertThat(labels).containsExactlyInAnyOrder("person", "car", "cat", "dog", "package", "motion");
    }

    @Test
    void hasDetectorsThatAreUpToThreeSecondsLate() {
        List<Duration> late = LIFE.stream()
                .map(frame -> Duration.between(frame.taken(), frame.found()))
                .distinct()
                .toList();

        assertThat(late)
                .contains(Duration.ZERO)
                .allSatisfy(by -> assertThat(by).isBetween(Duration.ZERO, Duration.ofSeconds(3)));
        assertThat(late).anySatisfy(by -> assertThat(by).isGreaterThan(Duration.ofSeconds(2)));
    }

    @Test
    void givesFramesInTheOrderInWhichTheyWereFound() {
        assertThat(LIFE).isSortedAccordingTo(Comparator.comparing(Frame::found));
    }

    @Test
    void neverGivesTwoFramesOfOneStreamInOneSecond() {
        assertThat(life(1, 8))
                .extracting(frame -> frame.stream() + " " + frame.second())
                .doesNotHaveDuplicates();
    }

    @Test
    void namesItsStreams() {
        assertThat(new Scenes(1, 6, BEGIN).streams())
                .extracting(StreamName::raw)
                .containsExactly("front_door", "driveway", "Back Yard", "garden", "camera 5", "camera 6");
    }

    @Test
    void needsACamera() {
        assertThatThrownBy(() -> new Scenes(1, 0, BEGIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There must be at least 1 camera, not 0");
    }

    private static List<Frame> life(long seed, int cameras) {
        return new Scenes(seed, cameras, BEGIN).until(BEGIN.plus(LONG));
    }

    /** The frames of a stream whose first row has this label; any label where it is empty. */
    private static List<Frame> of(List<Frame> all, String stream, String label) {
        return all.stream()
                .filter(frame -> frame.stream().raw().equals(stream))
                .filter(frame -> label.isEmpty() || frame.rows().get(0).label().equals(label))
                .toList();
    }

    private static Duration gap(Frame before, Frame after) {
        return Duration.between(before.taken(), after.taken());
    }

    private static Box box(SimulatedRow row) {
        return new Box(row.x(), row.y(), row.width(), row.height());
    }

    private static Zone zone(SimulatedZone zone) {
        return new Zone(zone.id(), zone.name(), zone.enabled(), zone.polygon(), Set.of(), zone.minConfidence());
    }
}
