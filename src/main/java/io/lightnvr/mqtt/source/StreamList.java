package io.lightnvr.mqtt.source;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The streams of a source at one moment.
 *
 * @param streams each stream once, ordered by name
 * @param complete whether a stream that is not listed is gone, and not merely hidden from this login
 * @param gone streams that are gone for certain, even if the list is not complete
 * @param goodFor how long to wait before the next list: shorter while something changes
 */
public record StreamList(List<Stream> streams, boolean complete, Set<StreamName> gone, Duration goodFor) {

    private static final Duration USUALLY_GOOD_FOR = Duration.ofSeconds(30);

    public StreamList {
        streams = List.copyOf(streams);
        gone = Set.copyOf(gone);
    }

    /** A list that does not know by name which streams are gone. */
    public StreamList(List<Stream> streams, boolean complete) {
        this(streams, complete, Set.of(), USUALLY_GOOD_FOR);
    }

    /** Returns the names of the streams, in their order. */
    public Set<StreamName> names() {
        return streams.stream().map(Stream::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns this list without some streams. */
    public StreamList without(Set<StreamName> others) {
        return new StreamList(
                streams.stream()
                        .filter(stream -> !others.contains(stream.name()))
                        .toList(),
                complete,
                gone,
                goodFor);
    }

    /**
     * One stream.
     *
     * @param online whether it is enabled and not down
     * @param zones its zones in the recorder's order; empty if they are unknown
     * @param cameraUuid the identity of its camera, which survives a new name; empty if the recorder does not show one
     */
    public record Stream(StreamName name, boolean online, Optional<List<Zone>> zones, Optional<String> cameraUuid) {

        public Stream {
            zones = zones.map(List::copyOf);
        }

        /** A stream whose camera has no known identity. */
        public Stream(StreamName name, boolean online, Optional<List<Zone>> zones) {
            this(name, online, zones, Optional.empty());
        }

        /** The same stream, online or not. */
        public Stream withOnline(boolean isOnline) {
            return new Stream(name, isOnline, zones, cameraUuid);
        }
    }
}
