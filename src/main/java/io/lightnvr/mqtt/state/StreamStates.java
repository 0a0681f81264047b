package io.lightnvr.mqtt.state;

import io.lightnvr.mqtt.event.ClearTimes;
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
 * The states of all streams: the count of each label in the newest event that has it, and the groups and zones that are
 * occupied, until a clear time passes without a further event that has them.
 *
 * <p>The clear time runs on a <em>monotonic</em> clock ({@link System#nanoTime}), so that a wall clock that is set back
 * leaves nothing on for an hour. It starts when an event is taken in, less what the event has waited by then; an event that
 * has waited for longer is history and changes nothing. An event of an earlier second than the newest (a late row) prolongs
 * the time, but replaces neither the newer counts nor the last detection.
 *
 * <p>Used by one thread.
 */
public final class StreamStates {

    private final EventGroups groups;
    private final List<String> zoneGroups;
    private final ClearTimes clearTimes;
    private final Map<StreamName, StreamState> states = new LinkedHashMap<>();
    private final Map<StreamName, StreamView> shown = new LinkedHashMap<>();

    /**
     * Begins without streams.
     *
     * @param zoneGroups those of the groups that are told for each zone
     * @param clearTimes an event that has waited for longer than the usual one is history
     */
    public StreamStates(EventGroups groups, List<String> zoneGroups, ClearTimes clearTimes) {
        this.groups = groups;
        this.zoneGroups = List.copyOf(zoneGroups);
        this.clearTimes = clearTimes;
    }

    /**
     * Shows a stream from now on; may be called again.
     *
     * @param zones the names of its enabled zones, each of which is shown, occupied or not; empty if they are not known
     */
    public void watch(StreamName stream, Optional<List<String>> zones) {
        StreamState state = states.computeIfAbsent(stream, name -> newState());
        zones.ifPresent(state::zones);
    }

    /** Shows a stream under another name from now on, as it is. */
    public void rename(StreamName old, StreamName renamed) {
        StreamState state = states.remove(old);
        shown.remove(old);
        if (state != null) {
            states.put(renamed, state);
            shown.remove(renamed);
        }
    }

    /** Shows a stream no more. */
    public void unwatch(StreamName stream) {
        states.remove(stream);
        shown.remove(stream);
    }

    /**
     * Takes in an event; one of a stream that is not watched changes nothing.
     *
     * @param delay how long it has waited since it could first have been sent, not negative
     * @param nanos now, by {@link System#nanoTime}
     */
    public void detected(DetectionEvent event, Duration delay, long nanos) {
        StreamState state = states.get(event.stream());
        if (state != null) {
            state.detected(event, delay, nanos);
        }
    }

    /**
     * The state of a stream as a text for the next process.
     *
     * @param stream one that is watched
     * @param now by the clock that the next process goes on with
     * @param nanos now, by {@link System#nanoTime}
     */
    public String save(StreamName stream, Instant now, long nanos) {
        return states.get(stream).save(now, nanos).text();
    }

    /**
     * Shows a stream from now on, with the state that an earlier process has saved.
     *
     * @param saved what {@link #save} gave; any other text counts as no state
     */
    public void restore(StreamName stream, String saved, Instant now, long nanos) {
        StreamState state = newState();
        SavedState.parse(saved).ifPresent(before -> state.restore(before, now, nanos));
        states.put(stream, state);
    }

    private StreamState newState() {
        return new StreamState(groups, zoneGroups, clearTimes);
    }

    /** Whether a stream is shown. */
    public boolean watches(StreamName stream) {
        return states.containsKey(stream);
    }

    /** What every stream shows now. */
    public Map<StreamName, StreamView> all(long nanos) {
        Map<StreamName, StreamView> views = new LinkedHashMap<>();
        states.forEach((stream, state) -> views.put(stream, state.view(nanos)));
        shown.putAll(views);
        return views;
    }

    /** The streams that show something else now than {@code all} and {@code changed} gave the last time. */
    public Map<StreamName, StreamView> changed(long nanos) {
        Map<StreamName, StreamView> before = new LinkedHashMap<>(shown);
        Map<StreamName, StreamView> views = all(nanos);
        views.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        return views;
    }

    /**
     * How long until {@link #changed} gives something without a further event; empty if there is nothing to clear.
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
