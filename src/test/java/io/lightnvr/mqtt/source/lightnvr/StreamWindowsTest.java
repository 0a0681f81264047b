package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Beginning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamWindowsTest {

    /** Of so many streams some two share every lock that a map may hold. */
    private static final int STREAMS = 50;

    private final List<StreamName> streams = IntStream.range(0, STREAMS)
            .mapToObj(number -> new StreamName("cam" + number))
            .toList();
    private final List<StreamName> asked = new ArrayList<>();

    @Test
    void holdsNoLockWhileItAsksForACheckpoint() {
        StreamWindows[] windows = new StreamWindows[1];
        windows[0] = new StreamWindows(
                Duration.ofHours(1),
                stream -> {
                    asked.add(stream);
                    if (asked.size() < STREAMS) {
                        windows[0].of(streams.get(asked.size()));
                    }
                    return Optional.empty();
                },
                Beginning.AT_NOW);

        windows[0].of(streams.get(0));

        assertThat(asked).isEqualTo(streams);
        assertThat(streams.stream().map(windows[0]::of).distinct()).hasSize(STREAMS);
        assertThat(asked).hasSize(STREAMS);
    }
}
