package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventTime;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.state.StreamStates;
import io.lightnvr.mqtt.state.StreamView;
import io.lightnvr.mqtt.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What each stream shows now, kept in the store over restarts. For the delivery thread alone; {@code now} is in nanoseconds of a
 * monotonic clock.
 */
final class StoredStates {

    /** The first of several events shows at once; a flood of events does not become a flood of states. */
    private static final long EVERY_NANOS = Duration.ofMillis(50).toNanos();

    private final StreamStates states;
    private final Store store;
    private final Clock aging;
    private final Clock wall;
    private final Set<StreamName> changed = new HashSet<>();
    private OptionalLong due;
    private long writtenAt;

    /**
     * @param aging the time by which events grow old
     * @param wall the time that the next process goes on with
     */
    StoredStates(StreamStates states, Store store, Clock aging, Clock wall, long now) {
        this.states = states;
        this.store = store;
        this.aging = aging;
        this.wall = wall;
        this.due = OptionalLong.of(now);
        this.writtenAt = now - EVERY_NANOS;
    }

    /** Takes up what the streams showed when the process ended, with the events that came too late to be kept. */
    Set<StreamName> restore(long now) {
        Map<StreamName, String> kept = store.states();
        kept.forEach((stream, state) -> states.restore(stream, state, wall.instant(), now));
        store.fresh().stream().flatMap(rendered -> rendered.event().stream()).forEach(event -> seen(event, now));
        return kept.keySet();
    }

    /** Shows a stream from now on; even before its first event it is kept, so that it can be missed after a restart. */
    void watch(StreamName stream, Optional<List<Zone>> zones, long now) {
        boolean isNew = !states.watches(stream);
        states.watch(
                stream,
                zones.map(all ->
                        all.stream().filter(Zone::enabled).map(Zone::name).toList()));
        if (isNew) {
            keep(stream, now);
        }
        due = OptionalLong.of(now);
    }

    /** A stream goes on under another name. */
    void rename(StreamName old, StreamName renamed, long now) {
        changed.remove(old);
        states.rename(old, renamed);
        if (states.watches(renamed)) {
            keep(renamed, now);
        }
        due = OptionalLong.of(now);
    }

    /** Shows a stream no more; the store keeps it until {@link #forget}. */
    void unwatch(StreamName stream) {
        changed.remove(stream);
        states.unwatch(stream);
    }

    /** Nothing is left of a stream at the broker, so nothing need be kept of it. */
    void forget(StreamName stream) {
        store.forget(stream);
    }

    /** Takes in events; only fresh ones change what a stream shows. */
    void detected(List<DetectionEvent> events, long now) {
        events.forEach(event -> seen(event, now));
        events.stream().map(DetectionEvent::stream).filter(states::watches).forEach(changed::add);
        long earliest = writtenAt + EVERY_NANOS;
        due = OptionalLong.of(earliest - now > 0 ? earliest : now);
    }

    private void seen(DetectionEvent event, long now) {
        states.detected(event, EventTime.delay(event.sendableSince(), aging.instant()), now);
    }

    /** The states that have changed, by events or by the passing of time, once that is due. */
    Map<StreamName, StreamView> changes(long now) {
        OptionalLong wait = waitNanos(now);
        if (wait.isEmpty() || wait.getAsLong() > 0) {
            return Map.of();
        }
        if (!changed.isEmpty()) {
            writtenAt = now;
            changed.forEach(stream -> keep(stream, now));
            changed.clear();
        }
        Map<StreamName, StreamView> views = states.changed(now);
        due = states.nextChange(now)
                .map(change -> OptionalLong.of(now + change.toNanos()))
                .orElse(OptionalLong.empty());
        return views;
    }

    /** How long until {@link #changes} has something. */
    OptionalLong waitNanos(long now) {
        return due.isPresent() ? OptionalLong.of(due.getAsLong() - now) : due;
    }

    private void keep(StreamName stream, long now) {
        store.keepState(stream, states.save(stream, wall.instant(), now));
    }
}
