package io.lightnvr.mqtt.demo.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The recorder's streams and their zones, which may be added, changed and deleted at any time. Thread-safe. */
public final class SimulatedStreams {

    private static final Comparator<SimulatedStream> BY_NAME = Comparator.comparing(
            stream -> stream.name().raw().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private static final Duration CHANGE = Duration.ofMillis(300);
    private static final Duration RESTART = Duration.ofSeconds(2);

    private final SimulatedClock clock;
    private final Map<StreamName, Listed> streams = new LinkedHashMap<>();
    private final Map<StreamName, String> uuids = new HashMap<>();
    private final Map<StreamName, List<SimulatedZone>> zones = new HashMap<>();
    private final Map<StreamName, SimulatedSettings> settings = new HashMap<>();
    private final Map<StreamName, Pending> pending = new HashMap<>();
    private final Map<StreamName, Instant> restarts = new HashMap<>();

    SimulatedStreams(SimulatedClock clock) {
        this.clock = clock;
    }

    /**
     * A stream and the time of its last change.
     *
     * @param since on the recorder's clock
     */
    record Listed(SimulatedStream stream, Instant since) {}

    /** A change of settings that the recorder has accepted and not made yet. */
    private record Pending(JsonNode json, Instant at) {}

    /** Adds a stream, or replaces the one of the same name. */
    public synchronized void add(SimulatedStream stream) {
        settings.put(stream.name(), SimulatedSettings.of(stream));
        uuids.computeIfAbsent(stream.name(), name -> UUID.randomUUID().toString());
        streams.put(stream.name(), new Listed(stream, clock.instant()));
    }

    /** Deletes a stream with its zones; its rows stay. */
    public synchronized void delete(StreamName name) {
        streams.remove(name);
        zones.remove(name);
        uuids.remove(name);
        settings.remove(name);
    }

    /** The settings of a stream that is there. */
    public synchronized SimulatedSettings settings(StreamName name) {
        settle(name);
        return settings.get(name);
    }

    /** Changes the settings of a stream. */
    public synchronized void change(StreamName name, UnaryOperator<SimulatedSettings> change) {
        settings.computeIfPresent(name, (key, old) -> change.apply(old));
    }

    /** Changes the settings of a stream in a moment. A change of detection restarts the stream, which has no picture meanwhile. */
    synchronized void changeSoon(StreamName name, JsonNode json) {
        settle(name);
        pending.put(name, new Pending(json, clock.rightNow().plus(CHANGE)));
    }

    private void settle(StreamName name) {
        Pending due = pending.get(name);
        if (due == null || due.at().isAfter(clock.rightNow()) || !streams.containsKey(name)) {
            return;
        }
        pending.remove(name);
        SimulatedSettings before = settings.get(name);
        SimulatedSettings after =
                before.changedBy(due.json(), streams.get(name).stream().url());
        settings.put(name, after);
        if (after.detects() != before.detects()) {
            restarts.put(name, due.at().plus(RESTART));
        }
    }

    /** The id of a stream's camera, which stays when the stream is renamed. */
    public synchronized String uuid(StreamName name) {
        return uuids.getOrDefault(name, "unknown");
    }

    /** Gives a stream another name; its zones and its camera's id stay. Use {@link SimulatedRecorder#rename} for its rows, too. */
    synchronized void rename(StreamName old, StreamName renamed) {
        Listed listed = streams.remove(old);
        streams.put(renamed, new Listed(listed.stream().named(renamed), clock.instant()));
        uuids.put(renamed, uuids.remove(old));
        zones.put(renamed, zones(old));
        zones.remove(old);
        settings.put(renamed, settings.remove(old));
    }

    /** Stops a stream and keeps it in the list. */
    public void disable(StreamName name) {
        update(name, SimulatedStream::disabled);
    }

    /** Sets the condition of a stream. */
    public void set(StreamName name, SimulatedStream.Condition condition) {
        update(name, stream -> stream.in(condition));
    }

    /** Sets a stream's zones, in the order of their creation. */
    public synchronized void setZones(StreamName name, SimulatedZone... ordered) {
        zones.put(name, List.of(ordered));
    }

    /** A stream's zones; none for an unknown stream. */
    synchronized List<SimulatedZone> zones(StreamName name) {
        return zones.getOrDefault(name, List.of());
    }

    synchronized Optional<SimulatedStream> find(StreamName name) {
        return Optional.ofNullable(streams.get(name)).map(this::asItIs).map(Listed::stream);
    }

    /** All of them, ordered by the bytes of their names. */
    synchronized List<SimulatedStream> byName() {
        return all().stream().map(Listed::stream).sorted(BY_NAME).toList();
    }

    /** Those that run, in the order in which they were added. */
    List<Listed> running() {
        return all().stream().filter(listed -> listed.stream().isRunning()).toList();
    }

    private synchronized List<Listed> all() {
        return streams.values().stream().map(this::asItIs).toList();
    }

    /** One that is private, or that restarts, has no picture. */
    private Listed asItIs(Listed listed) {
        SimulatedStream stream = listed.stream();
        boolean isPrivate = settings(stream.name()).isPrivate();
        boolean restarts = clock.rightNow().isBefore(this.restarts.getOrDefault(stream.name(), Instant.MIN));
        return stream.isRunning() && (isPrivate || restarts)
                ? new Listed(stream.in(SimulatedStream.Condition.DOWN), listed.since())
                : listed;
    }

    private synchronized void update(StreamName name, UnaryOperator<SimulatedStream> change) {
        streams.computeIfPresent(name, (key, old) -> new Listed(change.apply(old.stream()), clock.instant()));
    }
}
