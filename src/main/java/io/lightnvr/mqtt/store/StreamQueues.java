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

/** The lanes of all streams, in the order in which they were first seen. */
final class StreamQueues {

    private static final Comparator<OutboxEntry> FIRST_COME = Comparator.comparingLong(entry -> entry.id);

    private final Map<StreamName, StreamQueue> lanes = new LinkedHashMap<>();

    void add(StreamQueue lane) {
        lanes.put(lane.stream, lane);
    }

    Optional<StreamQueue> find(StreamName stream) {
        return Optional.ofNullable(lanes.get(stream));
    }

    Collection<StreamQueue> all() {
        return lanes.values();
    }

    /** The fresh event that came first. */
    Optional<OutboxEntry> nextFresh(Set<StreamName> except) {
        return next(except, lane -> lane.fresh.peek(), FIRST_COME);
    }

    /** The held-back event that could first have been sent. */
    Optional<OutboxEntry> nextHeldBack(Set<StreamName> except) {
        return next(except, lane -> lane.heldBack.peek(), OutboxEntry.OLDEST_FIRST);
    }

    /** The waiting event that could first have been sent. */
    Optional<OutboxEntry> oldest() {
        return next(Set.of(), StreamQueue::oldest, OutboxEntry.OLDEST_FIRST);
    }

    Stream<OutboxEntry> fresh() {
        return lanes.values().stream().flatMap(lane -> lane.fresh.stream());
    }

    private Optional<OutboxEntry> next(
            Set<StreamName> except, Function<StreamQueue, OutboxEntry> head, Comparator<OutboxEntry> order) {
        return lanes.values().stream()
                .filter(lane -> !except.contains(lane.stream))
                .map(head)
                .filter(Objects::nonNull)
                .min(order);
    }
}
