package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.CapturedLog;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.DetectionSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A source, the recorder that it asks, what was kept, the time and the log. */
final class SourceBench implements AutoCloseable {

    /** Our clock at the begin; it goes on with {@link #pass}. */
    static final Instant OURS = Instant.parse("2026-01-01T00:00:00Z");

    final ScriptedRecorder recorder = new ScriptedRecorder().with("front_door", "Back Yard");
    final CapturedLog log = new CapturedLog();

    /** The last checkpoint of each stream. */
    final Map<StreamName, Checkpoint> kept = new HashMap<>();

    /** Of which streams the checkpoint was asked for. */
    final List<StreamName> askedFor = new ArrayList<>();

    Duration catchUpMaxAge = Duration.ofHours(1);
    Beginning beginning = Beginning.AT_NOW;
    private final AtomicLong nanos = new AtomicLong();
    private Optional<String> apiKey = Optional.empty();
    private Optional<RecorderAccess.Login> login = Optional.empty();
    LightNvrSource source = source();

    void withKey(String key) {
        apiKey = Optional.of(key);
        restart();
    }

    void withLogin(String username, String password) {
        login = Optional.of(new RecorderAccess.Login(username, password));
        restart();
    }

    /** A new source, which finds what was kept. */
    void restart() {
        source.close();
        source = source();
    }

    void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        recorder.second += seconds;
    }

    Instant ours() {
        return OURS.plusNanos(nanos.get());
    }

    /** The events of a poll that is kept and taken. */
    List<DetectionEvent> poll(StreamName stream) throws Exception {
        return take(stream, source.poll(stream, true));
    }

    /** The labels that polls find until nothing more waits. */
    List<String> pollAll(StreamName stream) throws Exception {
        List<DetectionEvent> events = new ArrayList<>();
        DetectionSource.Poll poll;
        do {
            poll = source.poll(stream, true);
            events.addAll(take(stream, poll));
        } while (poll.more());
        return labels(events);
    }

    static List<String> labels(List<DetectionEvent> events) {
        return events.stream()
                .flatMap(event -> event.detections().stream())
                .map(Detection::label)
                .toList();
    }

    private List<DetectionEvent> take(StreamName stream, DetectionSource.Poll poll) {
        poll.checkpoint().ifPresent(checkpoint -> kept.put(stream, checkpoint));
        poll.commit();
        return poll.events();
    }

    private Optional<Checkpoint> kept(StreamName stream) {
        askedFor.add(stream);
        return Optional.ofNullable(kept.get(stream));
    }

    private LightNvrSource source() {
        return new LightNvrSource(
                new RecorderAccess(recorder.server.url(), login, apiKey),
                LightNvrClient.Deadlines.usual(),
                new StreamWindows(catchUpMaxAge, this::kept, beginning),
                ((InstantSource) this::ours).withZone(ZoneOffset.UTC),
                nanos::get);
    }

    @Override
    public void close() {
        source.close();
        recorder.close();
        log.close();
    }
}
