package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.event.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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

    private final SimulatedClock clock;
    private final Map<StreamName, Listed> streams = new LinkedHashMap<>();
    private final Map<StreamName, String> uuids = new HashMap<>();
    private final Map<StreamName, List<SimulatedZone>> zones = new HashMap<>();

    SimulatedStreams(SimulatedClock clock) {
        this.clock = clock;
    }

    /**
     * A stream and the time of its last change.
     *
     * @param since on the recorder's clock
     */
    record Listed(SimulatedStream stream, Instant since) {}

    /** Adds a stream, or replaces the one of the same name. */
    public synchronized void add(SimulatedStream stream) {
        uuids.computeIfAbsent(stream.name(), name -> UUID.randomUUID().toString());
        streams.put(stream.name(), new Listed(stream, clock.instant()));
    }

    /** Deletes a stream with its zones; its rows stay. */
    public synchronized void delete(StreamName name) {
        streams.remove(name);
        zones.remove(name);
        uuids.remove(name);
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
        return Optional.ofNullable(streams.get(name)).map(Listed::stream);
    }

    /** All of them, ordered by the bytes of their names. */
    synchronized List<SimulatedStream> byName() {
        return streams.values().stream().map(Listed::stream).sorted(BY_NAME).toList();
    }

    /** Those that run, in the order in which they were added. */
    List<Listed> running() {
        return all().stream().filter(listed -> listed.stream().isRunning()).toList();
    }

    private synchronized List<Listed> all() {
        return new ArrayList<>(streams.values());
    }

    private synchronized void update(StreamName name, UnaryOperator<SimulatedStream> change) {
        streams.computeIfPresent(name, (key, old) -> new Listed(change.apply(old.stream()), clock.instant()));
    }
}
