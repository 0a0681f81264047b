package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the streams that are gone for good: missing from every list for a while, each of which was complete or named them as
 * gone. A recorder that is out of reach, that refuses or hides something, or that once answers an empty list takes nothing away
 * from people. Not thread-safe.
 */
final class MissingStreams {

    private final Duration patience;
    private final Map<StreamName, Long> missingSince = new HashMap<>();

    /** @param patience how long a stream must be missing; zero for ever */
    MissingStreams(Duration patience) {
        this.patience = patience;
    }

    /**
     * The known streams that are gone.
     *
     * @param now nanoseconds of a monotonic clock
     */
    Set<StreamName> gone(Set<StreamName> known, StreamList list, long now) {
        if (patience.isZero()) {
            startOver();
            return Set.of();
        }
        Set<StreamName> missing = new LinkedHashSet<>(known);
        missing.removeAll(list.streams().stream().map(StreamList.Stream::name).collect(Collectors.toSet()));
        if (!list.complete()) {
            missing.retainAll(list.gone());
        }
        missingSince.keySet().retainAll(missing);
        missing.forEach(stream -> missingSince.putIfAbsent(stream, now));
        missing.removeIf(stream -> now - missingSince.get(stream) < patience.toNanos());
        return missing;
    }

    /** At the moment nobody knows which streams there are. */
    void startOver() {
        missingSince.clear();
    }
}
