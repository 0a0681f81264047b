package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.publish.RenderedVisit;
import io.lightnvr.mqtt.store.SequencedEvent;
import java.time.Instant;
import java.util.Comparator;

/**
 * An event from when it has its sequence until the broker has acknowledged it: two messages, the documented one and the
 * enriched one. Or a report of a visit, one message. It may be sent several times, each in a round; an answer of an earlier
 * round does not count. Not thread-safe.
 */
final class OutgoingEvent {

    /** The order of the first sending, which is the order of {@code sequence}. */
    static final Comparator<OutgoingEvent> IN_ORDER = Comparator.comparingLong(event -> event.place);

    private final SequencedEvent event;
    private final long place;
    private int round;
    private int unanswered;
    private boolean enrichedTaken;
    private boolean givenUp;

    /** @param place counts the events of all streams in the order of their first sending */
    OutgoingEvent(SequencedEvent event, long place) {
        this.event = event;
        this.place = place;
    }

    SequencedEvent event() {
        return event;
    }

    StreamName stream() {
        return event.event().stream();
    }

    /** When it could first have been sent, by the clock by which events grow old. */
    Instant sendableSince() {
        return event.event().sendableSince();
    }

    /** Whether it is a report of a visit, which is one message. */
    boolean isVisit() {
        return event.event() instanceof RenderedVisit;
    }

    /** What it is called in a log. */
    String name() {
        return event.event() instanceof RenderedEvent rendered ? "Event " + rendered.eventId() : "A report of a visit";
    }

    int round() {
        return round;
    }

    /** Begins a round of sending, in which so many messages want an answer. */
    void begin(int messages) {
        round++;
        unanswered = messages;
    }

    /** A message of this round is answered, or is not sent. */
    void answered() {
        unanswered--;
    }

    /** Whether no message of this round is without an answer. */
    boolean isAnswered() {
        return unanswered == 0;
    }

    /** The broker has taken the enriched message, in whatever round. */
    void enrichedTaken() {
        enrichedTaken = true;
    }

    boolean isEnrichedTaken() {
        return enrichedTaken;
    }

    /** The connection is lost, and with it what the broker has taken of an unfinished event. */
    void restart() {
        enrichedTaken = false;
    }

    /** The event is not sent any more. */
    void giveUp() {
        givenUp = true;
        begin(0);
    }

    boolean isGivenUp() {
        return givenUp;
    }
}
