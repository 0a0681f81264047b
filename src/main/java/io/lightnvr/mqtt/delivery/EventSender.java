package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.SequencedEvent;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.TakeRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the events of the outbox in order, and removes them when the broker has acknowledged them.
 *
 * <p>An event is delivered when its two messages are answered. It leaves the outbox when all events before it are delivered too
 * (the longest acknowledged prefix); after a loss everything behind that prefix is sent again in the first order. Events of a
 * stream that the broker refuses wait in {@link RefusedStreams}, and reports of visits that tell of a picture in {@link
 * HeldReports}, while others go on. An event that no broker like this can take is given up, counted and named. Not
 * thread-safe; times are nanoseconds of a monotonic clock.
 */
final class EventSender {

    private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);
    private static final int BATCH = 256;

    /** What is acknowledged is mostly written with the events that follow, which spares a disk half of its writes. */
    private static final long WRITE_AFTER_NANOS = Duration.ofSeconds(10).toNanos();

    private final Store store;
    private final EventMessages messages;
    private final BacklogRate rate;
    private final RefusedStreams refused;
    private final HeldReports held;
    private final RefusalLog refusals;
    private final StatusBoard board;
    private final Deque<OutgoingEvent> unacknowledged = new ArrayDeque<>();
    private final Deque<OutgoingEvent> unsent = new ArrayDeque<>();
    private Optional<Part> enriched = Optional.empty();
    private long places;
    private boolean hasUnwritten;
    private long unwrittenSince;

    /** One of the two messages of an event, in one round of sending. */
    private record Part(OutgoingEvent event, int round, boolean isDocumented, Message message) {

        private Part(OutgoingEvent event, boolean isDocumented, Message message) {
            this(event, event.round(), isDocumented, message);
        }
    }

    EventSender(
            Store store,
            EventMessages messages,
            BacklogRate rate,
            RefusedStreams refused,
            HeldReports held,
            RefusalLog refusals,
            StatusBoard board) {
        this.store = store;
        this.messages = messages;
        this.rate = rate;
        this.refused = refused;
        this.held = held;
        this.refusals = refusals;
        this.board = board;
    }

    /** The next message to send, if there is one. */
    Optional<Outgoing> next(Limits limits, long now) {
        Optional<Part> next = enriched;
        enriched = Optional.empty();
        while (next.isEmpty() && hasUnsent(now)) {
            next = begin(unsent.remove(), limits, now);
        }
        return next.map(part -> new Outgoing(part.message(), (reason, at) -> answered(part, reason, at)));
    }

    /** How long until a refused stream is tried again, or a delayed event or a held report may go. */
    OptionalLong waitNanos(long now) {
        return Waits.shortest(refused.waitNanos(now), rate.waitNanos(now), held.waitNanos(now));
    }

    /** Makes durable what was delivered a while ago, so that a kill does not send it again. */
    void writeAcknowledged(long now) {
        if (hasUnwritten && now - unwrittenSince >= WRITE_AFTER_NANOS) {
            hasUnwritten = false;
            store.flush();
        }
    }

    /** How long until {@link #writeAcknowledged} has something to do. */
    OptionalLong untilWriteNanos(long now) {
        return hasUnwritten ? OptionalLong.of(unwrittenSince + WRITE_AFTER_NANOS - now) : OptionalLong.empty();
    }

    /**
     * The connection is lost: everything without an acknowledgement is sent again, in the first order. What belongs to a refused
     * stream waits for its time, since some brokers end a connection after they have refused something.
     */
    void startOver(long now) {
        enriched = Optional.empty();
        for (StreamName stream : refused.names()) {
            List<OutgoingEvent> stopped = unacknowledged.stream()
                    .filter(event -> event.stream().equals(stream) && !event.isGivenUp())
                    .toList();
            unacknowledged.removeAll(stopped);
            refused.interrupted(stream, stopped, now);
        }
        List<OutgoingEvent> again = new ArrayList<>(unacknowledged);
        again.sort(OutgoingEvent.IN_ORDER);
        unacknowledged.clear();
        unsent.clear();
        for (OutgoingEvent event : again) {
            event.restart();
            if (event.isGivenUp()) {
                unacknowledged.add(event);
            } else {
                enqueue(event);
            }
        }
        removePrefix(now);
    }

    private boolean hasUnsent(long now) {
        refused.takeDue(now).forEach(this::enqueue);
        held.takeDue(now).forEach(this::enqueueInOrder);
        return !unsent.isEmpty() || takeMore(now);
    }

    private boolean takeMore(long now) {
        int allowed = Math.min(BATCH, rate.allowance(now));
        List<SequencedEvent> more = store.take(new TakeRequest(BATCH, allowed, refused.names()));
        int delayed = (int) more.stream().filter(SequencedEvent::delayed).count();
        if (allowed > 0) {
            rate.sent(delayed, allowed, now);
        }
        more.forEach(event -> enqueue(new OutgoingEvent(event, places++)));
        return !more.isEmpty();
    }

    private void enqueue(OutgoingEvent event) {
        event.begin(2);
        unacknowledged.add(event);
        unsent.add(event);
    }

    /** For a report that was held: none of its stream must overtake another. */
    private void enqueueInOrder(OutgoingEvent report) {
        enqueue(report);
        List<OutgoingEvent> all = new ArrayList<>(unsent);
        all.sort(OutgoingEvent.IN_ORDER);
        unsent.clear();
        unsent.addAll(all);
    }

    private Optional<Part> begin(OutgoingEvent event, Limits limits, long now) {
        if (event.isVisit() && held.isToWait(event, now)) {
            unacknowledged.remove(event);
            removePrefix(now);
            return Optional.empty();
        }
        List<Message> both = messages.compose(event.event(), limits);
        event.begin(both.size());
        if (both.isEmpty()) {
            return giveUp(event, "it has waited for longer than outbox.max_age", now);
        }
        Part documented = new Part(event, !event.isVisit(), both.get(0));
        if (refusals.isTooLarge(documented.message(), limits.maximumPacketSize())) {
            return giveUp(event, "it is too large for the broker", now);
        }
        if (event.isVisit()) {
            return Optional.of(documented);
        }
        Part second = new Part(event, false, both.get(1));
        if (event.isEnrichedTaken() || refusals.isTooLarge(second.message(), limits.maximumPacketSize())) {
            event.answered();
        } else {
            enriched = Optional.of(second);
        }
        return Optional.of(documented);
    }

    private void answered(Part part, ReasonCode reason, long now) {
        OutgoingEvent event = part.event();
        if (reason.isRefusal()) {
            refusals.refused(part.message().topic(), reason);
        } else if (!part.isDocumented()) {
            event.enrichedTaken();
        }
        if (part.round() != event.round()) {
            return;
        }
        if (reason.isRefusal() && part.isDocumented()) {
            documentedRefused(event, reason, now);
        } else {
            event.answered();
            if (part.isDocumented()) {
                refused.accepted(event.stream()).forEach(this::enqueue);
            }
        }
        removePrefix(now);
    }

    private void documentedRefused(OutgoingEvent event, ReasonCode reason, long now) {
        enriched = enriched.filter(part -> part.event() != event);
        if (reason.refusesPayload()) {
            giveUp(event, "the broker can never accept it", now);
        } else {
            hold(event, now);
        }
    }

    /** What is in flight of the stream is answered by itself; what is not sent yet waits behind the refused event. */
    private void hold(OutgoingEvent event, long now) {
        Collection<OutgoingEvent> stopped = new ArrayList<>(List.of(event));
        unsent.stream().filter(other -> other.stream().equals(event.stream())).forEach(stopped::add);
        unsent.removeAll(stopped);
        unacknowledged.removeAll(stopped);
        event.begin(2);
        refused.refused(event.stream(), stopped, now);
    }

    private Optional<Part> giveUp(OutgoingEvent event, String why, long now) {
        String sentence = "%s of %s is given up: %s".formatted(event.name(), event.stream(), why);
        LOG.error(sentence);
        board.error(sentence);
        board.givenUp();
        event.giveUp();
        refused.gaveUp(event.stream(), now);
        removePrefix(now);
        return Optional.empty();
    }

    private void removePrefix(long now) {
        List<SequencedEvent> gone = new ArrayList<>();
        while (!unacknowledged.isEmpty() && unacknowledged.peek().isAnswered()) {
            OutgoingEvent event = unacknowledged.remove();
            gone.add(event.event());
            if (!event.isGivenUp() && !event.isVisit()) {
                board.published(
                        Duration.between(event.sendableSince(), messages.clock().instant()));
            }
        }
        if (!gone.isEmpty()) {
            store.remove(gone);
            if (!hasUnwritten) {
                hasUnwritten = true;
                unwrittenSince = now;
            }
        }
    }
}
