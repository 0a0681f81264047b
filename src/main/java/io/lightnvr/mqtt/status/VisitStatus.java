package io.lightnvr.mqtt.status;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A visit as people look at it.
 *
 * @param id 32 hex digits
 * @param phase how far it is
 * @param started when it began, on the recorder's clock
 * @param ended when its last event was; only of one that is over
 * @param duration whole seconds so far
 * @param type its most important group; without one, {@code motion} or {@code other}
 * @param groups all groups, most important first
 * @param labels the most that there were of each label at once
 * @param zones the names of the zones, in the order in which they were entered
 * @param events how many events belong to it
 * @param best the surest detection of the type
 * @param page the address of the recorder's page about it
 * @param clip the address of a recording of it
 */
public record VisitStatus(
        String id,
        StreamName stream,
        Phase phase,
        Instant started,
        Optional<Instant> ended,
        long duration,
        String type,
        List<String> groups,
        Map<String, Integer> labels,
        List<String> zones,
        int events,
        Shown best,
        Optional<String> page,
        Optional<String> clip) {

    /** How far a visit is. */
    public enum Phase {
        START,
        UPDATE,
        END
    }

    /** One detection, as it is drawn over a picture. */
    public record Shown(String label, float confidence, Box box) {}

    public VisitStatus {
        groups = List.copyOf(groups);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        zones = List.copyOf(zones);
    }

    /** The same visit of a stream that goes on under another name. */
    public VisitStatus of(StreamName other) {
        return new VisitStatus(
                id, other, phase, started, ended, duration, type, groups, labels, zones, events, best, page, clip);
    }

    /** The same visit, which is over, though its end was not told: it ended when it was last heard of. */
    public VisitStatus over() {
        Optional<Instant> last = Optional.of(started.plusSeconds(duration));
        return new VisitStatus(
                id, stream, Phase.END, started, last, duration, type, groups, labels, zones, events, best, page, clip);
    }
}
