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
final class Lanes {

    private static final Comparator<Entry> FIRST_COME = Comparator.comparingLong(entry -> entry.id);

    private final Map<StreamName, Lane> lanes = new LinkedHashMap<>();

    void add(Lane lane) {
        lanes.put(lane.stream, lane);
    }

    Optional<Lane> find(StreamName stream) {
        return Optional.ofNullable(lanes.get(stream));
    }

    Collection<Lane> all() {
        return lanes.values();
    }

    /** The fresh event that came first. */
    Optional<Entry> nextFresh(Set<StreamName> except) {
        return next(except, lane -> lane.fresh.peek(), FIRST_COME);
    }

    /** The held-back event that could first have been sent. */
    Optional<Entry> nextHeldBack(Set<StreamName> except) {
        return next(except, lane -> lane.heldBack.peek(), Entry.OLDEST_FIRST);
    }

    /** The waiting event that could first have been sent. */
    Optional<Entry> oldest() {
        return next(Set.of(), Lane::oldest, Entry.OLDEST_FIRST);
    }

    Stream<Entry> fresh() {
        return lanes.values().stream().flatMap(lane -> lane.fresh.stream());
    }

    private Optional<Entry> next(Set<StreamName> except, Function<Lane, Entry> head, Comparator<Entry> order) {
        return lanes.values().stream()
                .filter(lane -> !except.contains(lane.stream))
                .map(head)
                .filter(Objects::nonNull)
                .min(order);
    }
}
