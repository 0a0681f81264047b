package io.lightnvr.mqtt.source;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A finished recording of a stream, which can be played.
 *
 * @param path the path and query at the recorder, from {@code /} on, that plays it
 * @param start its first second, on the recorder's clock, in epoch seconds
 * @param end the second at which it ends and a further one may begin, on the same clock
 */
public record Recording(String path, long start, long end) {

    /** The first of some recordings that has something of a span of time, which may be one second alone. */
    public static Optional<Recording> first(List<Recording> recordings, long from, long until) {
        return recordings.stream()
                .filter(recording -> recording.start <= until && recording.end > from)
                .min(Comparator.comparingLong(Recording::start));
    }
}
