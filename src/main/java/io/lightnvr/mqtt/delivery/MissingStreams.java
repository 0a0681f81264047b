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
 * Which streams are really gone: those that were missing from all lists for a while, every one of which was complete. A
 * recorder that cannot be reached, that does not believe us, or that once answered an empty list, takes nothing away from
 * people. Not thread-safe.
 */
public final class MissingStreams {

    private final Duration patience;
    private final Map<StreamName, Long> missingSince = new HashMap<>();

    /** @param patience how long a stream must be missing; zero for ever */
    public MissingStreams(Duration patience) {
        this.patience = patience;
    }

    /** Those of the known streams that are gone. */
    Set<StreamName> gone(Set<StreamName> known, StreamList list, long nanos) {
        if (!list.complete() || patience.isZero()) {
            startOver();
            return Set.of();
        }
        Set<StreamName> missing = new LinkedHashSet<>(known);
        missing.removeAll(list.streams().stream().map(StreamList.Stream::name).collect(Collectors.toSet()));
        missingSince.keySet().retainAll(missing);
        missing.forEach(stream -> missingSince.putIfAbsent(stream, nanos));
        missing.removeIf(stream -> nanos - missingSince.get(stream) < patience.toNanos());
        return missing;
    }

    /** Nobody knows at the moment what there is. */
    void startOver() {
        missingSince.clear();
    }
}
