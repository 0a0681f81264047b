package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    @Test
    void readsAStreamFromTheListOnThatDidNotHaveIt() {
        ModelRecorder recorder = new ModelRecorder();
        StreamWindows windows = new StreamWindows(Duration.ofHours(1), stream -> Optional.empty(), Beginning.AT_NOW);
        windows.follow(list(), Watcher.START);
        recorder.insert(Watcher.START - 1, ModelRecorder.content("before"), 0);
        recorder.insert(Watcher.START, ModelRecorder.content("first"), 0);
        recorder.insert(Watcher.START + 200, ModelRecorder.content("last"), 0);

        windows.follow(list(streams.get(0)), Watcher.START + 200);

        assertThat(labels(windows.of(streams.get(0)), recorder, Watcher.START + 200))
                .containsExactlyInAnyOrder("first", "last");
    }

    @Test
    void readsAStreamOfTheFirstListFromNowOn() {
        ModelRecorder recorder = new ModelRecorder();
        StreamWindows windows = new StreamWindows(Duration.ofHours(1), stream -> Optional.empty(), Beginning.AT_NOW);
        recorder.insert(Watcher.START, ModelRecorder.content("before"), 0);

        windows.follow(list(streams.get(0)), Watcher.START);
        windows.follow(list(streams.get(0)), Watcher.START + 1);

        assertThat(labels(windows.of(streams.get(0)), recorder, Watcher.START + 1))
                .isEmpty();
    }

    private static List<String> labels(DetectionWindow window, ModelRecorder recorder, long second) {
        List<String> labels = new ArrayList<>();
        PollResult result;
        do {
            WindowPoll poll = window.begin(new PollTime(second, true, Instant.ofEpochSecond(second), 0));
            while (poll.nextEnd().isPresent()) {
                poll.page(recorder.read(poll.nextEnd().getAsLong()));
            }
            result = poll.result();
            window.commit(result);
            result.rows()
                    .forEach(row -> labels.add(row.row().content().orElseThrow().label()));
        } while (result.more());
        return labels;
    }

    private static StreamList list(StreamName... streams) {
        return new StreamList(
                Stream.of(streams)
                        .map(stream -> new StreamList.Stream(stream, true, Optional.empty()))
                        .toList(),
                true);
    }
}
