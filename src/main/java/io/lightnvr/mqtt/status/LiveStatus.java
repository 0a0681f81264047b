package io.lightnvr.mqtt.status;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What the bridge sees now: its neighbours, its streams and what they show. The loops write it, and whoever looks on reads it and
 * follows the news; nobody who looks on holds a loop up. Thread-safe.
 */
public final class LiveStatus {

    private final Clock clock;
    private final List<Consumer<News>> followers = new CopyOnWriteArrayList<>();
    private final Map<Part, PartStatus> parts = new EnumMap<>(Part.class);
    private final Map<StreamName, StreamStatus> streams = new LinkedHashMap<>();

    /** @param clock the clock by which events grow old, which no leap of the wall clock moves */
    public LiveStatus(Clock clock) {
        this.clock = clock;
        for (Part part : Part.values()) {
            parts.put(part, new PartStatus(part, PartStatus.Condition.UNKNOWN, Optional.empty(), ""));
        }
    }

    /** @param follower takes the news at once, on the thread of the loop that tells it, which it must not hold up */
    public void follow(Consumer<News> follower) {
        followers.add(follower);
    }

    /** All neighbours. */
    public synchronized List<PartStatus> parts() {
        return List.copyOf(parts.values());
    }

    /** All streams, by name. */
    public synchronized List<StreamStatus> streams() {
        return List.copyOf(streams.values());
    }

    /** One stream. */
    public synchronized Optional<StreamStatus> stream(StreamName name) {
        return Optional.ofNullable(streams.get(name));
    }

    /**
     * There is news of a neighbour.
     *
     * @param sentence the trouble with it, for people; empty if there is none
     */
    public void part(Part part, PartStatus.Condition condition, String sentence) {
        Optional<PartStatus> changed = replace(part, condition, sentence);
        changed.map(News.PartChanged::new).ifPresent(this::tell);
    }

    private synchronized Optional<PartStatus> replace(Part part, PartStatus.Condition condition, String sentence) {
        PartStatus before = parts.get(part);
        Optional<Instant> since = before.condition() == condition ? before.since() : Optional.of(clock.instant());
        PartStatus now = new PartStatus(part, condition, since, sentence);
        parts.put(part, now);
        return now.equals(before) ? Optional.empty() : Optional.of(now);
    }

    /** These are the streams now; what another one has shown is forgotten. */
    public void cameras(List<StreamStatus.Camera> cameras) {
        if (replace(cameras)) {
            tell(new News.StreamsChanged());
        }
    }

    private synchronized boolean replace(List<StreamStatus.Camera> cameras) {
        Map<StreamName, StreamStatus> before = new LinkedHashMap<>(streams);
        streams.clear();
        cameras.stream()
                .sorted(Comparator.comparing(StreamStatus.Camera::name))
                .forEach(camera -> streams.put(
                        camera.name(),
                        Optional.ofNullable(before.get(camera.name()))
                                .map(known -> known.with(camera))
                                .orElseGet(() -> StreamStatus.of(camera))));
        return !List.copyOf(before.values()).equals(List.copyOf(streams.values()));
    }

    /**
     * A stream shows something else.
     *
     * @param types who is there, most important first
     * @param occupied the names of the zones in which somebody is
     */
    public void shows(StreamName stream, List<String> types, Set<String> occupied) {
        if (replace(stream, types, occupied)) {
            tell(new News.StreamsChanged());
        }
    }

    private synchronized boolean replace(StreamName stream, List<String> types, Set<String> occupied) {
        StreamStatus before = streams.get(stream);
        if (before == null) {
            return false;
        }
        Map<String, Instant> present = new LinkedHashMap<>();
        Instant now = clock.instant();
        types.forEach(type -> present.put(type, before.present().getOrDefault(type, now)));
        StreamStatus after = before.with(present, occupied);
        streams.put(stream, after);
        return !List.copyOf(after.present().keySet())
                        .equals(List.copyOf(before.present().keySet()))
                || !after.occupied().equals(before.occupied());
    }

    /** A stream goes on under another name, with what it shows. */
    public void renamed(StreamName old, StreamName renamed) {
        synchronized (this) {
            Optional.ofNullable(streams.remove(old)).ifPresent(known -> streams.put(renamed, known.renamed(renamed)));
        }
        tell(new News.Renamed(old, renamed));
    }

    /** An event was detected. */
    public void detected(SeenEvent event) {
        synchronized (this) {
            streams.computeIfPresent(event.stream(), (name, known) -> known.with(event));
        }
        tell(new News.Detected(event));
    }

    /** The bridge begins, and these visits are open, by id; all others that were ever open are over. */
    public void visitsOpen(Set<String> ids) {
        tell(new News.VisitsOpen(ids));
    }

    /** There is news of a visit. */
    public void visited(VisitStatus visit) {
        tell(new News.Visited(visit));
    }

    /** The recorder has given a picture of what it has just detected in a stream. */
    public void pictured(StreamName stream, byte[] jpeg) {
        tell(new News.Pictured(stream, jpeg));
    }

    private void tell(News news) {
        followers.forEach(follower -> follower.accept(news));
    }
}
