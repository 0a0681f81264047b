package io.lightnvr.mqtt.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrafficTest {

    private static final int SECONDS = 300;

    private final List<Traffic.Frame> frames = frames(4);

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(frames(4)).isEqualTo(frames);
        assertThat(frames(5)).isNotEqualTo(frames);
    }

    @Test
    void hasEverythingThatIsHard() {
        assertThat(frames).extracting(Traffic.Frame::stream).containsAll(Traffic.STREAMS);
        assertThat(frames).anyMatch(frame -> frame.rows().size() > 10);
        assertThat(frames).anyMatch(frame -> frame.lateSeconds() > 20);
        assertThat(frames)
                .anyMatch(frame ->
                        new HashSet<>(frame.rows()).size() < frame.rows().size());
    }

    @Test
    void staysWithinWhatTheRecorderCanDo() {
        assertThat(frames)
                .allMatch(frame -> !frame.rows().isEmpty() && frame.rows().size() <= Filing.MOST_IN_A_SECOND)
                .allMatch(frame -> frame.lateSeconds() <= Traffic.LATEST)
                .allMatch(frame -> frame.afterMillis() >= 0 && frame.afterMillis() < 1_000);
    }

    private static List<Traffic.Frame> frames(long seed) {
        Traffic traffic = new Traffic(seed);
        return LongStream.range(0, SECONDS)
                .boxed()
                .flatMap(second -> traffic.second(second).stream())
                .toList();
    }
}
