package io.lightnvr.mqtt.event;

import static io.lightnvr.mqtt.event.Events.FRONT_DOOR;
import static io.lightnvr.mqtt.event.Events.SECOND;
import static io.lightnvr.mqtt.event.Events.detection;
import static io.lightnvr.mqtt.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class DetectionFilterTest {

    private static final StreamName GARAGE = new StreamName("garage");

    @Test
    void noFilterLetsEverythingPass() {
        DetectionEvent event = event(SECOND, detection("anything", 0));

        assertThat(DetectionFilter.none().apply(event)).contains(event);
    }

    @Test
    void labelsAreComparedWithoutCase() {
        DetectionFilter filter = new DetectionFilter(Set.of("Person"), 0, Set.of(), Set.of());

        assertThat(filter.wants(detection("PERSON", 1))).isTrue();
        assertThat(filter.wants(detection("car", 1))).isFalse();
    }

    @Test
    void leastConfidenceIsInclusive() {
        DetectionFilter filter = new DetectionFilter(Set.of(), 0.5f, Set.of(), Set.of());

        assertThat(filter.wants(detection("person", 0.5f))).isTrue();
        assertThat(filter.wants(detection("person", Math.nextDown(0.5f)))).isFalse();
    }

    @Test
    void ignoredStreamsWinOverNamedOnes() {
        DetectionFilter filter = new DetectionFilter(Set.of(), 0, Set.of(FRONT_DOOR, GARAGE), Set.of(GARAGE));

        assertThat(filter.wants(FRONT_DOOR)).isTrue();
        assertThat(filter.wants(GARAGE)).isFalse();
        assertThat(filter.wants(new StreamName("Front_Door"))).isFalse();
    }

    @Test
    void passesThePartOfAnEventThatIsWanted() {
        DetectionFilter filter = new DetectionFilter(Set.of("person"), 0.5f, Set.of(), Set.of());
        DetectionEvent event =
                event(SECOND, detection("person", 0.9f), detection("person", 0.4f), detection("car", 0.9f));

        assertThat(filter.apply(event)).contains(event(SECOND, detection("person", 0.9f)));
        assertThat(filter.apply(event(SECOND, detection("car", 0.9f)))).isEmpty();
    }

    @Test
    void passesNothingOfAStreamThatIsNotWanted() {
        DetectionFilter filter = new DetectionFilter(Set.of(), 0, Set.of(GARAGE), Set.of());

        assertThat(filter.apply(event(SECOND, detection("person", 1)))).isEmpty();
    }
}
