package io.lightnvr.mqtt.state;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all streams show: the number of each label in the newest event that has it, the groups and the zones that
 * something is in, until a certain time passes without a further event that has it.
 *
 * <p>That time runs on a <em>monotonic</em> clock ({@link System#nanoTime}), so that a wall clock that jumps leaves
 * nothing on for ever. It begins when an event was taken in, less what the event had waited by then; an event that waited
 * longer than that time is history and changes nothing. An event of an earlier second than the newest (a late row)
 * lengthens the time but does not replace the newer numbers, nor the last detection.
 *
 * <p>Used by one thread.
 */
public final class StreamStates {

    private final EventGroups groups;
    private final ClearTimes clearTimes;
    private final Map<StreamName, StreamState> states = new LinkedHashMap<>();
    private final Map<StreamName, StreamView> shown = new LinkedHashMap<>();

    /**
     * No stream yet.
     *
     * @param clearTimes after how long without a further event a label or a zone is cleared; an event that has waited for
     *     longer than the usual one is history
     */
    public StreamStates(EventGroups groups, ClearTimes clearTimes) {
        this.groups = groups;
        this.clearTimes = clearTimes;
    }

    /**
     * A stream is there; from now on it is shown. May be called again.
     *
     * @param zones the names of its enabled zones, each of which is shown, occupied or not; empty where they are not known
     */
    public void watch(StreamName stream, Optional<List<String>> zones) {
        StreamState state = states.computeIfAbsent(stream, name -> new StreamState(groups, clearTimes));
        zones.ifPresent(state::zones);
    }

    /** A stream is gone; it is shown no more. */
    public void forget(StreamName stream) {
        states.remove(stream);
        shown.remove(stream);
    }

    /**
     * An event was taken in. Those of streams that are not watched (any more) change nothing.
     *
     * @param delay how long it has waited since it could first have been sent, not negative
     * @param nanos now, by {@link System#nanoTime}
     */
    public void seen(DetectionEvent event, Duration delay, long nanos) {
        StreamState state = states.get(event.stream());
        if (state != null) {
            state.seen(event, delay, nanos);
        }
    }

    /**
     * What is known of a stream, as a text to be kept while the process does not run.
     *
     * @param stream one that is watched
     * @param now our clock
     * @param nanos now, by {@link System#nanoTime}
     */
    public String memory(StreamName stream, Instant now, long nanos) {
        return states.get(stream).memory(now, nanos).text();
    }

    /**
     * A stream is there of which something was known when the process ended the last time.
     *
     * @param memory the text that was kept; one that makes no sense counts as nothing known
     */
    public void restore(StreamName stream, String memory, Instant now, long nanos) {
        StreamState state = new StreamState(groups, clearTimes);
        StateMemory.read(memory).ifPresent(known -> state.restore(known, now, nanos));
        states.put(stream, state);
    }

    /** Whether a stream is watched. */
    public boolean watches(StreamName stream) {
        return states.containsKey(stream);
    }

    /** What every stream shows at a moment. */
    public Map<StreamName, StreamView> all(long nanos) {
        Map<StreamName, StreamView> views = new LinkedHashMap<>();
        states.forEach((stream, state) -> views.put(stream, state.show(nanos)));
        shown.putAll(views);
        return views;
    }

    /** What those streams show at a moment that show something else than {@code all} and {@code changed} last gave. */
    public Map<StreamName, StreamView> changed(long nanos) {
        Map<StreamName, StreamView> before = new LinkedHashMap<>(shown);
        Map<StreamName, StreamView> views = all(nanos);
        views.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        return views;
    }

    /**
     * How long until {@link #changed} gives something without a further event; empty where nothing is there to be
     * cleared.
     */
    public Optional<Duration> nextChange(long nanos) {
        return states.values().stream()
                .flatMapToLong(state -> state.nextChange().stream())
                .map(until -> Math.max(0, until - nanos))
                .boxed()
                .min(Long::compare)
                .map(Duration::ofNanos);
    }
}
