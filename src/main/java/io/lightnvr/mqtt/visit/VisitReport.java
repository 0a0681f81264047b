package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.StreamName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is told of a visit at one moment: all that is known of it by then.
 *
 * @param type what has become of the visit
 * @param visitId 32 hex digits, the same in all reports of the visit and after a restart
 * @param revision 1 for the start, and one more for each further report
 * @param stream the stream
 * @param started the second of the first event, on the recorder's clock, in epoch seconds
 * @param ended the greatest second of its events, on the recorder's clock, in epoch seconds; only at the end
 * @param duration whole seconds from {@code started} to the greatest second so far; not negative, and no longer than the
 *     visit has lasted by the bridge's clock and a clear time, wherever the recorder's clock was set to meanwhile
 * @param eventType the most important group so far; without one, {@code motion} or {@code other}
 * @param newTypes the groups, or else {@code motion} or {@code other}, of which no report of the visit has told before
 * @param groups all groups so far, most important first
 * @param labels what there was of each label, in the order in which they came
 * @param zones the names of the zones, in the order in which they were entered
 * @param events how many events belong to the visit, from 1 up
 * @param best the surest detection of the event type
 * @param clip the address of a recording of the visit, if one is known that can be played; only from the end on
 */
public record VisitReport(
        Type type,
        String visitId,
        int revision,
        StreamName stream,
        long started,
        OptionalLong ended,
        long duration,
        String eventType,
        List<String> newTypes,
        List<String> groups,
        Map<String, VisitLabel> labels,
        List<String> zones,
        int events,
        VisitBest best,
        Optional<String> clip) {

    /** What a report tells; later ones may be added, so that a reader must bear others. */
    public enum Type {
        /** The visit is new. */
        START,
        /** There is something new to say. */
        UPDATE,
        /** The visit is over. */
        END,
        /** Its recording can be played now. */
        CLIP
    }

    public VisitReport {
        newTypes = List.copyOf(newTypes);
        groups = List.copyOf(groups);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        zones = List.copyOf(zones);
    }

    /** Returns this end with the address of a recording. */
    public VisitReport with(String address) {
        return copy(type, revision, stream, newTypes, Optional.of(address));
    }

    /** Returns the report that follows this end when the recording can be played. */
    public VisitReport followedBy(String address) {
        return copy(Type.CLIP, revision + 1, stream, List.of(), Optional.of(address));
    }

    /** Returns this report of a stream that goes on under another name. */
    VisitReport renamed(StreamName other) {
        return copy(type, revision, other, newTypes, clip);
    }

    private VisitReport copy(
            Type otherType,
            int otherRevision,
            StreamName otherStream,
            List<String> otherTypes,
            Optional<String> otherClip) {
        return new VisitReport(
                otherType,
                visitId,
                otherRevision,
                otherStream,
                started,
                ended,
                duration,
                eventType,
                otherTypes,
                groups,
                labels,
                zones,
                events,
                best,
                otherClip);
    }
}
