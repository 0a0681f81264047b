package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Agreement;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A window that looks at a model of the recorder, in simulated time. */
final class Watcher {

    static final long START = 1_800_000_000L;

    final ModelRecorder recorder;
    private final Duration catchUp;
    DetectionWindow window;
    long nowMillis = START * 1000;
    long recorderAheadMillis;
    long oursAheadMillis;
    private long nanosAhead;
    private long lastEvent;

    /** The {@code end} of each query that was asked, as of the last poll. */
    final List<Long> queries = new ArrayList<>();

    Watcher(Duration catchUp) {
        this(catchUp, Beginning.AT_NOW);
    }

    Watcher(Duration catchUp, Beginning beginning) {
        this(new ModelRecorder(), catchUp, beginning);
    }

    Watcher(ModelRecorder recorder, Duration catchUp) {
        this(recorder, catchUp, Beginning.AT_NOW);
    }

    private Watcher(ModelRecorder recorder, Duration catchUp, Beginning beginning) {
        this.recorder = recorder;
        this.catchUp = catchUp;
        this.window = new DetectionWindow(catchUp, beginning);
    }

    Watcher() {
        this(Duration.ofHours(1));
    }

    /** A watcher that has had its first look. */
    static Watcher started() {
        Watcher watcher = new Watcher();
        watcher.poll();
        return watcher;
    }

    /** The recorder's clock. */
    long second() {
        return Math.floorDiv(nowMillis + recorderAheadMillis, 1000L);
    }

    PollTime moment() {
        return moment(true);
    }

    PollTime moment(boolean certain) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(nowMillis) + nanosAhead;
        return new PollTime(second(), certain, Instant.ofEpochMilli(nowMillis + oursAheadMillis), nanos);
    }

    /** The bridge begins anew with what was kept, on another monotonic clock. */
    void restart(Checkpoint kept) {
        window = DetectionWindow.resumed(catchUp, Beginning.AT_NOW, kept).orElseThrow();
        nanosAhead -= TimeUnit.DAYS.toNanos(1_000);
    }

    /** A restart after a time, from what was kept last. */
    void restartAfter(long seconds) {
        Checkpoint kept = look().before().map(WindowStateCodec::checkpoint).orElseThrow();
        passSeconds(seconds);
        restart(kept);
    }

    void passSeconds(long seconds) {
        nowMillis += seconds * 1000;
    }

    /** Rows that come in now, of a second that many seconds ago. */
    void insert(String label, long secondsAgo, int times) {
        for (int i = 0; i < times; i++) {
            recorder.insert(second() - secondsAgo, ModelRecorder.content(label), nowMillis);
        }
    }

    void insert(String label, long secondsAgo) {
        insert(label, secondsAgo, 1);
    }

    /** One poll, not taken. */
    PollResult look() {
        queries.clear();
        WindowPoll poll = window.begin(moment());
        while (poll.nextEnd().isPresent()) {
            long end = poll.nextEnd().getAsLong();
            queries.add(end);
            poll.page(recorder.read(end));
        }
        return poll.result();
    }

    /** One poll, taken: its new rows as {@code label@secondsAgo#occurrence}, the oldest first. */
    List<String> poll() {
        PollResult result = window.settle(look());
        window.commit(result);
        return described(result);
    }

    /** An event of that many seconds ago is heard, and taken; what is new as {@link #poll} shows it. */
    List<String> hear(String label, long secondsAgo) {
        return hear(frame(label, secondsAgo));
    }

    HeardFrame frame(String label, long secondsAgo) {
        return new HeardFrame(
                new StreamName("door"),
                Optional.empty(),
                second() - secondsAgo,
                ++lastEvent,
                List.of(ModelRecorder.content(label)),
                0);
    }

    List<String> hear(HeardFrame frame) {
        HeardResult result = window.hear(List.of(frame), moment());
        window.commit(result);
        return described(result.heard().stream().filter(row -> !row.quiet()).toList());
    }

    /** How what was heard and read agree, since the last call. */
    Agreement agreement() {
        return window.takeAgreement(moment().nanos());
    }

    /** Polls, each taken, until nothing more waits. */
    List<String> pollAll() {
        List<String> found = new ArrayList<>();
        PollResult result;
        do {
            result = window.settle(look());
            window.commit(result);
            found.addAll(described(result));
        } while (result.more());
        return found;
    }

    List<String> described(PollResult result) {
        return described(result.rows());
    }

    private List<String> described(List<NewRow> rows) {
        return rows.stream()
                .map(found -> found.row().content().orElseThrow().label() + "@"
                        + (second() - found.row().second()) + "#" + found.occurrence())
                .toList();
    }
}
