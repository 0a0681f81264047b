package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The waiting events of all streams, in the order in which the streams were first seen. Not thread-safe. */
final class StreamQueues {

    private static final Comparator<OutboxEntry> FIRST_COME = Comparator.comparingLong(entry -> entry.id);

    private final Map<StreamName, StreamQueue> queues = new LinkedHashMap<>();

    void add(StreamQueue queue) {
        queues.put(queue.stream, queue);
    }

    Optional<StreamQueue> find(StreamName stream) {
        return Optional.ofNullable(queues.get(stream));
    }

    Collection<StreamQueue> all() {
        return queues.values();
    }

    /** How many events wait. Each poll asks twice, so nothing is allocated for the answer. */
    int size() {
        int size = 0;
        for (StreamQueue queue : queues.values()) {
            size += queue.size();
        }
        return size;
    }

    /** The fresh event, or the report of a visit, that came first. */
    Optional<OutboxEntry> nextFresh(Set<StreamName> except) {
        return next(except, StreamQueue::first, FIRST_COME);
    }

    /** The delayed event that could have been sent first. */
    Optional<OutboxEntry> nextDelayed(Set<StreamName> except) {
        return next(except, queue -> queue.delayed.peek(), OutboxEntry.OLDEST_FIRST);
    }

    /** The waiting event that could have been sent first. */
    Optional<OutboxEntry> oldest() {
        return next(Set.of(), StreamQueue::oldest, OutboxEntry.OLDEST_FIRST);
    }

    Stream<OutboxEntry> fresh() {
        return queues.values().stream().flatMap(queue -> queue.fresh.stream());
    }

    private Optional<OutboxEntry> next(
            Set<StreamName> except, Function<StreamQueue, OutboxEntry> head, Comparator<OutboxEntry> order) {
        return queues.values().stream()
                .filter(queue -> !except.contains(queue.stream))
                .map(head)
                .filter(Objects::nonNull)
                .min(order);
    }
}
