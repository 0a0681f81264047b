package io.lightnvr.mqtt.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.Zone.Point;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ZoneTest {

    private static final List<Point> LEFT_HALF =
            List.of(new Point(0, 0), new Point(0.5f, 0), new Point(0.5f, 1), new Point(0, 1));
    private static final List<Point> WHOLE =
            List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1));
    /** A U: its middle, from the top down to 0.7, is outside. */
    private static final List<Point> BAY = List.of(
            new Point(0, 0),
            new Point(0.3f, 0),
            new Point(0.3f, 0.7f),
            new Point(0.7f, 0.7f),
            new Point(0.7f, 0),
            new Point(1, 0),
            new Point(1, 1),
            new Point(0, 1));

    @Test
    void itsNameForPeopleIsOneLineOfBearableLength() {
        assertThat(zone("line\r\nbreak \u001b[2J {{ 1 }}", WHOLE).displayName()).isEqualTo("line??break ?[2J {{ 1 }}");
        assertThat(zone("x".repeat(300), WHOLE).displayName()).isEqualTo("x".repeat(255) + "…");
    }

    @Test
    void theCentreOfTheBoxDecides() {
        Zone zone = zone("left", LEFT_HALF);

        assertThat(zone.accepts("person", 1, new Box(0.2f, 0, 0.4f, 1))).isTrue();
        assertThat(zone.accepts("person", 1, new Box(0.4f, 0, 0.4f, 1))).isFalse();
        assertThat(zone.accepts("person", 1, new Box(0.2f, 1, 0.2f, 1))).isFalse();
    }

    @Test
    void aBayOfThePolygonIsOutside() {
        Zone zone = zone("bay", BAY);

        assertThat(zone.contains(0.15f, 0.3f)).isTrue();
        assertThat(zone.contains(0.5f, 0.3f)).isFalse();
        assertThat(zone.contains(0.5f, 0.8f)).isTrue();
        assertThat(zone.contains(0.85f, 0.3f)).isTrue();
    }

    @Test
    void aTriangleContainsWhatItsEdgesSay() {
        Zone zone = zone("triangle", List.of(new Point(0, 0), new Point(1, 0), new Point(0, 1)));
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            float x = random.nextFloat();
            float y = random.nextFloat();

            assertThat(zone.contains(x, y)).isEqualTo(x + y < 1);
        }
    }

    @Test
    void aPolygonWithoutAnAreaContainsNothing() {
        assertThat(zone("none", List.of()).contains(0.5f, 0.5f)).isFalse();
        assertThat(zone("point", List.of(new Point(0.5f, 0.5f))).contains(0.5f, 0.5f))
                .isFalse();
        assertThat(zone("line", List.of(new Point(0, 0), new Point(1, 1))).contains(0.5f, 0.5f))
                .isFalse();
    }

    @Test
    void labelsAndConfidenceMustBeWanted() {
        Zone zone = new Zone("1", "persons", true, WHOLE, Set.of("person"), 0.5f);

        assertThat(zone.accepts("person", 0.5f, Box.whole())).isTrue();
        assertThat(zone.accepts("person", 0.4f, Box.whole())).isFalse();
        assertThat(zone.accepts("car", 0.9f, Box.whole())).isFalse();
    }

    @Test
    void theFirstEnabledZoneThatAcceptsGivesTheName() {
        List<Zone> zones = List.of(
                new Zone("1", "disabled", false, WHOLE, Set.of(), 0),
                new Zone("2", "cars", true, WHOLE, Set.of("car"), 0),
                zone("first", WHOLE),
                zone("second", WHOLE));

        assertThat(Zone.nameFor(zones, "person", 1, Box.whole())).isEqualTo("first");
        assertThat(Zone.nameFor(zones, "car", 1, Box.whole())).isEqualTo("cars");
        assertThat(Zone.nameFor(List.of(zone("left", LEFT_HALF)), "car", 1, new Box(0.8f, 0, 0.1f, 0.1f)))
                .isEmpty();
    }

    @Test
    void replacesWhatUtf8CannotHold() {
        assertThat(zone("a\uD83D", WHOLE).name()).isEqualTo("a\uFFFD");
    }

    private static Zone zone(String name, List<Point> polygon) {
        return new Zone(name, name, true, polygon, Set.of(), 0);
    }
}
