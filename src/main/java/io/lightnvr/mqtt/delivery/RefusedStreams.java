package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The streams whose documented topic the broker refuses. Their events wait here in the order of sending; after a pause the
 * first one is tried, and the others follow when the broker takes it. Not thread-safe; times are nanoseconds of a monotonic
 * clock.
 */
final class RefusedStreams {

    private final Supplier<Duration> pauses;
    private final Map<StreamName, Refused> streams = new HashMap<>();

    /** A refused stream. While its first event is being tried, it waits for an answer and not for a time. */
    private static final class Refused {

        private final Deque<OutgoingEvent> waiting = new ArrayDeque<>();
        private boolean isTrying;
        private long retryAt;

        private void add(Collection<OutgoingEvent> more) {
            List<OutgoingEvent> all = new ArrayList<>(waiting);
            all.addAll(more);
            all.sort(OutgoingEvent.IN_ORDER);
            waiting.clear();
            waiting.addAll(all);
        }

        private void retryAt(long time) {
            isTrying = false;
            retryAt = time;
        }
    }

    /** @param pauses how long a stream waits after a refusal */
    RefusedStreams(Supplier<Duration> pauses) {
        this.pauses = pauses;
    }

    Set<StreamName> names() {
        return Set.copyOf(streams.keySet());
    }

    /** The broker has refused a stream's first event: it and what is to follow it wait. */
    void refused(StreamName stream, Collection<OutgoingEvent> events, long now) {
        Refused refused = streams.computeIfAbsent(stream, name -> new Refused());
        refused.add(events);
        refused.retryAt(now + pauses.get().toNanos());
    }

    /** The first event of each stream whose pause is over; it counts as being tried from now on. */
    List<OutgoingEvent> takeDue(long now) {
        List<OutgoingEvent> due = new ArrayList<>();
        for (Refused refused : streams.values()) {
            if (!refused.isTrying && now - refused.retryAt >= 0) {
                refused.isTrying = true;
                due.add(refused.waiting.remove());
            }
        }
        return due;
    }

    /** The broker takes the stream again; returns what has waited. */
    Collection<OutgoingEvent> accepted(StreamName stream) {
        Refused accepted = streams.remove(stream);
        return accepted == null ? List.of() : accepted.waiting;
    }

    /** The event that was tried is given up: the next one is tried at once. */
    void gaveUp(StreamName stream, long now) {
        Refused refused = streams.get(stream);
        if (refused != null && refused.isTrying) {
            refused.retryAt(now);
            streams.values().removeIf(any -> any == refused && refused.waiting.isEmpty());
        }
    }

    /** The connection is lost while these events of a refused stream were in flight: they wait for the next try. */
    void interrupted(StreamName stream, Collection<OutgoingEvent> events, long now) {
        Refused refused = streams.get(stream);
        refused.add(events);
        if (refused.isTrying) {
            refused.retryAt(now + pauses.get().toNanos());
        }
    }

    /** How long until the next stream is due. */
    OptionalLong waitNanos(long now) {
        return Waits.shortest(streams.values().stream()
                .filter(refused -> !refused.isTrying)
                .mapToLong(refused -> refused.retryAt - now));
    }
}
