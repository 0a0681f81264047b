package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.LogLines;
import io.lightnvr.mqtt.status.SeenEvent;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.status.StreamStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A bridge that a test can look into, and what the page knows of it. */
final class FakeBridge implements PageBackend, PageHost {

    static final Instant NOW = Instant.parse("2026-11-29T06:31:23.123Z");
    static final StreamName DOOR = new StreamName("Front Door");
    static final StreamName YARD = new StreamName("yard");

    final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    final LiveStatus live = new LiveStatus(clock);
    final StatusBoard board = new StatusBoard(() -> 0, clock);
    final LogLines log = new LogLines();
    final Map<String, String> configuration = new LinkedHashMap<>();
    final List<String> done = new ArrayList<>();
    final List<Finding> findings = new ArrayList<>();
    Waiting waiting = new Waiting(0, Optional.empty(), 0);
    boolean isWorking = true;

    /** Where there are several recorders. */
    Optional<String> name = Optional.empty();

    final List<Finding> troubles = new ArrayList<>();
    final List<String> left = new ArrayList<>();

    /** How far the wall clock has leaped. */
    Duration leap = Duration.ZERO;

    Optional<byte[]> picture = Optional.of(new byte[] {(byte) 0xff, (byte) 0xd8});
    Optional<String> refusal = Optional.empty();
    Runnable whileChecking = () -> {};
    Runnable whileTesting = () -> {};

    static Zone zone(String name) {
        return new Zone(
                "z1",
                name,
                true,
                List.of(new Zone.Point(0.25f, 0.5f), new Zone.Point(1, 0), new Zone.Point(0, 1)),
                Set.of(),
                0);
    }

    static SeenEvent event(StreamName stream) {
        Detection person = new Detection("person", 0.75f, new Box(0.125f, 0.25f, 0.5f, 0.75f), "", "Porch", 1);
        Detection dog = new Detection("dog", 0.5f, Box.whole(), "", "", 1);
        return new SeenEvent(stream, NOW, 1_764_398_400L, "person", person, List.of(person, dog));
    }

    void hasStreams(StreamStatus.Camera... cameras) {
        live.cameras(List.of(cameras));
    }

    StatusJson status(Path folder) {
        return new StatusJson(List.of(watched(history(folder))), log, this, clock);
    }

    Watched watched(VisitHistory history) {
        return new Watched(name, live, board, this, history, new StreamPictures(this::picture, () -> 0, nanos -> {}));
    }

    VisitHistory history(Path folder) {
        return new VisitHistory(new HistoryFolder(folder, () -> 0), 1_000, Runnable::run, () -> 0, kept -> {});
    }

    @Override
    public Instant wall(Instant instant) {
        return instant.plus(leap);
    }

    @Override
    public About about() {
        return new About(
                "0.3.0", "lightnvr", "lightnvr", NOW.minusMillis(123), List.of("person", "animal", "motion", "other"));
    }

    @Override
    public Waiting waiting() {
        return waiting;
    }

    @Override
    public boolean isWorking() {
        return isWorking;
    }

    @Override
    public Map<String, String> configuration() {
        return configuration;
    }

    @Override
    public Optional<byte[]> picture(StreamName stream) throws ActionException {
        done.add("picture of " + stream);
        if (refusal.isPresent()) {
            throw new ActionException(refusal.get());
        }
        return picture;
    }

    @Override
    public void check(Consumer<Finding> listener) {
        whileChecking.run();
        findings.forEach(listener);
    }

    @Override
    public String testEvent(StreamName stream, String label) throws ActionException {
        if (refusal.isPresent()) {
            throw new ActionException(refusal.get());
        }
        whileTesting.run();
        done.add("test event of " + label + " in " + stream);
        return "The broker has accepted it";
    }

    @Override
    public void announceAgain() {
        done.add("announce");
    }

    @Override
    public void forget(StreamName stream) {
        done.add("forget " + stream);
    }

    @Override
    public String spelled(String sentence) {
        return sentence.replace("nvr.", name.map(any -> "recorders[1].").orElse("nvr."));
    }

    @Override
    public List<Finding> troubles() {
        return troubles;
    }

    @Override
    public List<String> left() {
        return left;
    }

    @Override
    public String forgetRecorder(String recorder) throws ActionException {
        if (refusal.isPresent()) {
            throw new ActionException(refusal.get());
        }
        done.add("forget the recorder " + recorder);
        return "It is gone";
    }

    @Override
    public String anonymous(String text) {
        return text.replace("Front Door", "stream-1");
    }
}
