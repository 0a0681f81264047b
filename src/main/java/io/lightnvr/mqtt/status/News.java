package io.lightnvr.mqtt.status;

import io.lightnvr.mqtt.event.StreamName;
import java.util.Set;

/** Something that happens, for those who look on. */
public sealed interface News {

    /** An event was detected, and the store has it. */
    record Detected(SeenEvent event) implements News {}

    /** A visit has begun, goes on, is over, or has a recording now. */
    record Visited(VisitStatus visit) implements News {}

    /** The bridge begins, and these visits are open, by id; all others that were ever open are over. */
    record VisitsOpen(Set<String> ids) implements News {

        public VisitsOpen {
            ids = Set.copyOf(ids);
        }
    }

    /** The recorder has given a picture, a JPEG, of what it has just detected in a stream. */
    record Pictured(StreamName stream, byte[] jpeg) implements News {}

    /** There are other streams, or one of them shows something else: see {@link LiveStatus#streams}. */
    record StreamsChanged() implements News {}

    /** A neighbour has come or gone. */
    record PartChanged(PartStatus part) implements News {}

    /** A stream goes on under another name. */
    record Renamed(StreamName old, StreamName renamed) implements News {}
}
