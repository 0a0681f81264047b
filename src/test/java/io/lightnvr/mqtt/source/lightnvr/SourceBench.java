package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.DetectionSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A source, the recorder that it asks, the time and the log. */
final class SourceBench implements AutoCloseable {

    /** Our clock stands still. */
    static final Instant OURS = Instant.parse("2026-01-01T00:00:00Z");

    final ScriptedRecorder recorder = new ScriptedRecorder().with("front_door", "Back Yard");
    final CapturedLog log = new CapturedLog();
    private final AtomicLong nanos = new AtomicLong();
    LightNvrSource source = source(Optional.empty());

    void withKey(String apiKey) {
        source.close();
        source = source(Optional.of(apiKey));
    }

    void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        recorder.second += seconds;
    }

    /** The events of a poll that is taken. */
    List<DetectionEvent> poll(StreamName stream) throws Exception {
        DetectionSource.Poll poll = source.poll(stream);
        poll.taken();
        return poll.events();
    }

    static List<String> labels(List<DetectionEvent> events) {
        return events.stream()
                .flatMap(event -> event.detections().stream())
                .map(Detection::label)
                .toList();
    }

    private LightNvrSource source(Optional<String> apiKey) {
        return new LightNvrSource(
                new RecorderAccess(recorder.server.url(), Optional.empty(), apiKey),
                LightNvrClient.Deadlines.usual(),
                Duration.ofHours(1),
                Clock.fixed(OURS, ZoneOffset.UTC),
                nanos::get);
    }

    @Override
    public void close() {
        source.close();
        recorder.close();
        log.close();
    }
}
