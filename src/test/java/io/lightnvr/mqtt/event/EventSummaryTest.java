package io.lightnvr.mqtt.event;

import static io.lightnvr.mqtt.event.Events.SECOND;
import static io.lightnvr.mqtt.event.Events.detection;
import static io.lightnvr.mqtt.event.Events.event;
import static io.lightnvr.mqtt.event.Events.inZone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class EventSummaryTest {

    @Test
    void aParkedCarDoesNotHideAPerson() {
        EventSummary summary = summary(detection("car", 0.99f), detection("Person", 0.4f), detection("person", 0.6f));

        assertThat(summary.type()).isEqualTo("person");
        assertThat(summary.best()).isEqualTo(detection("person", 0.6f));
        assertThat(summary.groups()).containsExactly("person", "vehicle");
    }

    @Test
    void aGroupComesBeforeMotion() {
        EventSummary summary = summary(detection("motion", 1), detection("dog", 0.3f));

        assertThat(summary.type()).isEqualTo("animal");
        assertThat(summary.best()).isEqualTo(detection("dog", 0.3f));
    }

    @Test
    void motionComesBeforeOther() {
        EventSummary summary = summary(detection("chair", 1), detection("Motion", 0.3f), detection("motion", 0.2f));

        assertThat(summary.type()).isEqualTo("motion");
        assertThat(summary.best()).isEqualTo(detection("Motion", 0.3f));
        assertThat(summary.groups()).isEmpty();
    }

    @Test
    void otherIsTheBestOfAll() {
        EventSummary summary = summary(detection("chair", 0.3f), detection("table", 0.9f));

        assertThat(summary.type()).isEqualTo("other");
        assertThat(summary.best()).isEqualTo(detection("table", 0.9f));
    }

    @Test
    void labelsAreCountedInTheOrderOfTheDetections() {
        EventSummary summary = summary(detection("a", 0.3f), detection("b", 0.9f), detection("a", 0.1f));

        assertThat(summary.labels()).containsExactly(entry("b", 1), entry("a", 2));
    }

    @Test
    void zonesComeOnceInTheOrderOfTheDetections() {
        EventSummary summary = summary(
                inZone("a", 0.1f, "yard"),
                inZone("b", 0.9f, "entrance"),
                inZone("c", 0.5f, ""),
                inZone("d", 0.4f, "entrance"));

        assertThat(summary.zones()).containsExactly("entrance", "yard");
    }

    private static EventSummary summary(Detection... detections) {
        return EventSummary.of(event(SECOND, detections), EventGroups.standard());
    }
}
