package io.lightnvr.mqtt.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionTest {

    private static final List<Detection> IN_ORDER = List.of(
            detection(0.9f, "z", new Box(9, 9, 9, 9), 1),
            detection(0.8f, "a", new Box(9, 9, 9, 9), 1),
            detection(0.8f, "b", new Box(1, 9, 9, 9), 1),
            detection(0.8f, "b", new Box(2, 1, 9, 9), 1),
            detection(0.8f, "b", new Box(2, 2, 1, 9), 1),
            detection(0.8f, "b", new Box(2, 2, 2, 1), 1),
            detection(0.8f, "b", new Box(2, 2, 2, 2), 1),
            detection(0.8f, "b", new Box(2, 2, 2, 2), 2),
            detection(0.8f, "b", new Box(2, 2, 2, 2), 3),
            detection(-0.5f, "a", new Box(0, 0, 0, 0), 1));

    @Test
    void orderIsByConfidenceLabelBoxAndOccurrence() {
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            List<Detection> shuffled = new ArrayList<>(IN_ORDER);
            Collections.shuffle(shuffled, random);

            shuffled.sort(Detection.ORDER);

            assertThat(shuffled).isEqualTo(IN_ORDER);
        }
    }

    @Test
    void minusZeroIsZero() {
        Detection negative = detection(-0f, "a", new Box(-0f, -0f, -0f, -0f), 1);

        assertThat(negative).isEqualTo(detection(0f, "a", new Box(0f, 0f, 0f, 0f), 1));
    }

    @Test
    void replacesWhatUtf8CannotHold() {
        Detection detection = new Detection("a\uD83D", 1, Box.whole(), "\uDE97", "Tür\uD83D🚗", 1);

        assertThat(detection.label()).isEqualTo("a\uFFFD");
        assertThat(detection.trackId()).isEqualTo("\uFFFD");
        assertThat(detection.zoneId()).isEqualTo("Tür\uFFFD🚗");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void saysThatNumbersMustBeFinite(float number) {
        assertThatThrownBy(() -> detection(number, "a", Box.whole(), 1)).hasMessage("A confidence must be finite");
        assertThatThrownBy(() -> new Box(number, 0, 0, 0)).hasMessage("A box needs four finite numbers");
        assertThatThrownBy(() -> new Box(0, number, 0, 0)).hasMessage("A box needs four finite numbers");
        assertThatThrownBy(() -> new Box(0, 0, number, 0)).hasMessage("A box needs four finite numbers");
        assertThatThrownBy(() -> new Box(0, 0, 0, number)).hasMessage("A box needs four finite numbers");
    }

    private static Detection detection(float confidence, String label, Box box, int occurrence) {
        return new Detection(label, confidence, box, "", "", occurrence);
    }
}
