package io.lightnvr.mqtt.event;

import static io.lightnvr.mqtt.event.Events.SECOND;
import static io.lightnvr.mqtt.event.Events.detection;
import static io.lightnvr.mqtt.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DetectionEventTest {

    @Test
    void keepsDetectionsInOrder() {
        DetectionEvent event = event(SECOND, detection("car", 0.5f), detection("person", 0.9f));

        assertThat(event.detections()).containsExactly(detection("person", 0.9f), detection("car", 0.5f));
    }

    @Test
    void keepsOnlyWhatIsWanted() {
        DetectionEvent event = event(SECOND, detection("car", 0.5f), detection("person", 0.9f));

        assertThat(event.keepOnly(detection -> detection.label().equals("car")))
                .contains(event(SECOND, detection("car", 0.5f)));
        assertThat(event.keepOnly(detection -> false)).isEmpty();
    }

    @Test
    void saysThatAnEventNeedsADetection() {
        assertThatThrownBy(() -> event(SECOND)).hasMessage("An event needs a detection");
    }
}
