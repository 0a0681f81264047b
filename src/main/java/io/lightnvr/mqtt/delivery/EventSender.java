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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of sending: events from when they have their sequence until the broker has acknowledged them.
 *
 * <p>An event is two messages, the documented one and ours. It is delivered when both are answered; from the outbox it
 * goes when all events before it are delivered too (the longest acknowledged prefix), and after a loss everything
 * behind that prefix is sent again in the first order. A stream whose documented message the broker refuses is held: after
 * a while its first event is tried again, and the others follow when that is taken; meanwhile other streams go on. What no
 * broker like this can ever take is given up, counted and named. Not thread-safe; times are of a monotonic clock, in nanoseconds.
 */
public final class EventSender {

    private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);
    /** A hold whose first event is on its way. */
    private static final long TRIED = Long.MAX_VALUE;

    private static final int BATCH = 256;

    private final Store store;
    private final Composer composer;
    private final BacklogRate drain;
    private final Supplier<Duration> holdTimes;
    private final RefusalLog complaints;
    private final StatusBoard board;
    private final Deque<Flight> unacknowledged = new ArrayDeque<>();
    private final Deque<Flight> unsent = new ArrayDeque<>();
    private final Map<StreamName, Hold> holds = new HashMap<>();
    private Optional<Part> secondHalf = Optional.empty();
    private long taken;
    private boolean unsettled;

    /** Makes an event's messages when it is sent. */
    @FunctionalInterface
    interface Composer {
        /** The documented message, then ours; nothing where it has waited too long to be sent any more. */
        List<Message> compose(SequencedEvent event, Instant now, Limits limits);
    }

    /**
     * @param drain how fast held-back events go
     * @param holdTimes how long a refused stream waits
     */
    public EventSender(
            Store store,
            Composer composer,
            BacklogRate drain,
            Supplier<Duration> holdTimes,
            RefusalLog complaints,
            StatusBoard board) {
        this.store = store;
        this.composer = composer;
        this.drain = drain;
        this.holdTimes = holdTimes;
        this.complaints = complaints;
        this.board = board;
    }

    /** One of the two messages of an event, in one round of sending. */
    static final class Part {

        private final Flight flight;
        private final int round;
        private final boolean documented;
        private final Message message;

        private Part(Flight flight, boolean documented, Message message) {
            this.flight = flight;
            this.round = flight.round;
            this.documented = documented;
            this.message = message;
        }

        Message message() {
            return message;
        }
    }

    /** An event on its way; an answer to a part of an older round does not count. */
    private static final class Flight {

        private static final Comparator<Flight> IN_ORDER = Comparator.comparingLong(flight -> flight.place);

        private final SequencedEvent event;
        private final long place;
        private int round;
        private int unanswered;
        private boolean oursTaken;
        private boolean givenUp;

        private Flight(SequencedEvent event, long place) {
            this.event = event;
            this.place = place;
        }

        private StreamName stream() {
            return event.event().stream();
        }

        private void begin(int parts) {
            round++;
            unanswered = parts;
        }
    }

    /** A refused stream: its events in the order of sending, and when the first of them is tried again. */
    private static final class Hold {

        private final Deque<Flight> flights = new ArrayDeque<>();
        private long until;

        private void add(List<Flight> more) {
            List<Flight> all = new ArrayList<>(flights);
            all.addAll(more);
            all.sort(Flight.IN_ORDER);
            flights.clear();
            flights.addAll(all);
        }
    }

    /** The next message to send, if there is one. */
    Optional<Part> next(Instant wall, long now, Limits limits) {
        Optional<Part> next = secondHalf;
        secondHalf = Optional.empty();
        releaseHolds(now);
        while (next.isEmpty() && (!unsent.isEmpty() || takeMore(now))) {
            next = begin(unsent.remove(), wall, limits);
        }
        return next;
    }

    /** When a held stream is to be tried again, or a held-back event may go. */
    long deadline() {
        long release =
                holds.values().stream().mapToLong(hold -> hold.until).min().orElse(Long.MAX_VALUE);
        return Math.min(release, drain.deadline());
    }

    /** Nothing is on its way: what was delivered is forgotten for good, so that it is not sent again after a kill. */
    void settle() {
        if (unsettled) {
            unsettled = false;
            store.settle();
        }
    }

    /** The broker's answer to a message. */
    void answered(Part part, ReasonCode reason, long now) {
        if (reason.isRefusal()) {
            complaints.refused(part.message.topic(), reason);
        }
        Flight flight = part.flight;
        flight.oursTaken |= !part.documented && !reason.isRefusal();
        if (part.round != flight.round) {
            return;
        }
        if (reason.isRefusal() && part.documented) {
            secondHalf = secondHalf.filter(second -> second.flight != flight);
            if (reason.isPoison()) {
                giveUp(flight, "the broker can never take it");
            } else {
                hold(flight, now);
            }
        } else {
            flight.unanswered--;
            if (part.documented) {
                endHold(flight.stream());
            }
        }
        removePrefix();
    }

    /**
     * The connection is gone: everything that is not acknowledged will be sent again, in the first order; what belongs to a
     * refused stream when its time has come, since some brokers end a connection after they have refused something.
     */
    void startOver(long now) {
        secondHalf = Optional.empty();
        holds.forEach((stream, hold) -> {
            List<Flight> stopped = unacknowledged.stream()
                    .filter(flight -> flight.stream().equals(stream) && !flight.givenUp)
                    .toList();
            unacknowledged.removeAll(stopped);
            hold.add(stopped);
            hold.until = hold.until == TRIED ? now + holdTimes.get().toNanos() : hold.until;
        });
        List<Flight> again = new ArrayList<>(unacknowledged);
        again.sort(Flight.IN_ORDER);
        unacknowledged.clear();
        unsent.clear();
        for (Flight flight : again) {
            flight.oursTaken = false;
            if (flight.givenUp) {
                unacknowledged.add(flight);
            } else {
                enqueue(flight);
            }
        }
        removePrefix();
    }

    private boolean takeMore(long now) {
        int allowed = Math.min(BATCH, drain.allowance(now));
        List<SequencedEvent> more = store.take(new TakeRequest(BATCH, allowed, holds.keySet()));
        int heldBack = (int) more.stream().filter(SequencedEvent::heldBack).count();
        if (allowed > 0) {
            drain.went(heldBack, allowed, now);
        }
        more.forEach(event -> enqueue(new Flight(event, taken++)));
        return !more.isEmpty();
    }

    private void enqueue(Flight flight) {
        flight.begin(2);
        unacknowledged.add(flight);
        unsent.add(flight);
    }

    private Optional<Part> begin(Flight flight, Instant wall, Limits limits) {
        List<Message> messages = composer.compose(flight.event, wall, limits);
        flight.begin(messages.size());
        if (messages.isEmpty()) {
            giveUp(flight, "it has waited for longer than outbox.max_age");
            removePrefix();
            return Optional.empty();
        }
        Part documented = new Part(flight, true, messages.get(0));
        if (complaints.isTooLarge(documented.message, limits.maximumPacketSize())) {
            giveUp(flight, "it is too large for the broker");
            removePrefix();
            return Optional.empty();
        }
        Part ours = new Part(flight, false, messages.get(1));
        if (flight.oursTaken || complaints.isTooLarge(ours.message, limits.maximumPacketSize())) {
            flight.unanswered--;
        } else {
            secondHalf = Optional.of(ours);
        }
        return Optional.of(documented);
    }

    private void giveUp(Flight flight, String why) {
        board.poisoned();
        flight.givenUp = true;
        flight.begin(0);
        String sentence =
                "Event %s of %s is given up: %s".formatted(flight.event.event().eventId(), flight.stream(), why);
        LOG.error(sentence);
        board.error(sentence);
        tryNext(flight.stream());
    }

    /** The event that was tried for its held stream is gone: the next one is tried at once. */
    private void tryNext(StreamName stream) {
        Hold hold = holds.get(stream);
        if (hold != null && hold.until == TRIED && hold.flights.isEmpty()) {
            holds.remove(stream);
        } else if (hold != null && hold.until == TRIED) {
            hold.until = Long.MIN_VALUE;
        }
    }

    /** What of the stream is under way is answered by itself; what is not waits behind the refused event. */
    private void hold(Flight refused, long now) {
        Hold hold = holds.computeIfAbsent(refused.stream(), stream -> new Hold());
        List<Flight> stopped = new ArrayList<>(List.of(refused));
        unsent.stream()
                .filter(flight -> flight.stream().equals(refused.stream()))
                .forEach(stopped::add);
        unsent.removeAll(stopped);
        unacknowledged.removeAll(stopped);
        refused.begin(2);
        hold.add(stopped);
        hold.until = now + holdTimes.get().toNanos();
    }

    /** Tries the first event of each stream whose time has come. */
    private void releaseHolds(long now) {
        for (Hold hold : holds.values()) {
            if (hold.until <= now) {
                hold.until = TRIED;
                enqueue(hold.flights.remove());
            }
        }
    }

    /** The broker takes the stream again. */
    private void endHold(StreamName stream) {
        Hold ended = holds.remove(stream);
        if (ended != null) {
            ended.flights.forEach(this::enqueue);
        }
    }

    private void removePrefix() {
        List<SequencedEvent> gone = new ArrayList<>();
        while (!unacknowledged.isEmpty() && unacknowledged.peek().unanswered == 0) {
            Flight flight = unacknowledged.remove();
            gone.add(flight.event);
            board.published(flight.givenUp ? 0 : 1);
        }
        if (!gone.isEmpty()) {
            store.remove(gone);
            unsettled = true;
        }
    }
}
