package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.publish.RenderedVisit;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Events and checkpoints to store. */
final class Events {

    static final StreamName DOOR = new StreamName("front_door");
    static final StreamName YARD = new StreamName("Back Yard");
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private Events() {}

    static RenderedEvent event(StreamName stream, String id, Instant sendableSince) {
        return event(stream, id, sendableSince, 100);
    }

    static RenderedEvent event(StreamName stream, String id, Instant sendableSince, int bytes) {
        byte[] documented = ("{\"documented\":\"" + id + "\"}" + " ".repeat(bytes)).getBytes(StandardCharsets.UTF_8);
        byte[] enriched = ("{\"enriched\":\"" + id + "\"").getBytes(StandardCharsets.UTF_8);
        return new RenderedEvent(stream, sendableSince.getEpochSecond(), id, sendableSince, documented, enriched);
    }

    static Optional<Checkpoint> checkpoint(String position, long... seconds) {
        List<Mark> marks = LongStream.of(seconds)
                .mapToObj(second -> new Mark(second, -second))
                .toList();
        return Optional.of(new Checkpoint(position, SeenRows.NONE.plus(marks)));
    }

    /** As much as there is. */
    static List<SequencedEvent> takeAll(Store store) {
        return store.take(new TakeRequest(1_000_000, 1_000_000, Set.of()));
    }

    static List<String> ids(List<SequencedEvent> events) {
        return events.stream().map(Events::id).toList();
    }

    /** The id of an event, or the payload of a report of a visit. */
    static String id(SequencedEvent numbered) {
        return numbered.event() instanceof RenderedVisit visit
                ? new String(visit.payload(), StandardCharsets.UTF_8)
                : ((RenderedEvent) numbered.event()).eventId();
    }

    static RenderedVisit visit(StreamName stream, String payload, Instant sendableSince) {
        return new RenderedVisit(
                RenderedVisit.Kind.REPORT, stream, sendableSince, payload.getBytes(StandardCharsets.UTF_8));
    }

    static List<Long> sequences(List<SequencedEvent> events) {
        return events.stream().map(SequencedEvent::sequence).toList();
    }
}
