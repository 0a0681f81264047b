package io.lightnvr.mqtt.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest {

    private static final Recording BEFORE = new Recording("/1", 100, 200);
    private static final Recording FIRST = new Recording("/2", 200, 300);
    private static final Recording SECOND = new Recording("/3", 300, 400);

    @Test
    void isTheFirstThatHasSomethingOfAVisit() {
        List<Recording> all = List.of(SECOND, FIRST, BEFORE);

        assertThat(Recording.first(all, 250, 350)).contains(FIRST);
        assertThat(Recording.first(all, 200, 200)).contains(FIRST);
        assertThat(Recording.first(all, 150, 150)).contains(BEFORE);
        assertThat(Recording.first(all, 50, 100)).contains(BEFORE);
    }

    @Test
    void isNoneThatWasOverBeforeOrBeginsAfterwards() {
        assertThat(Recording.first(List.of(BEFORE, SECOND), 200, 299)).isEmpty();
    }
}
