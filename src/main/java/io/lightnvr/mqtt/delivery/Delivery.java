package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.ReasonCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events and retained topics to the broker: the second of the two loops. An actor: one thread owns the connection,
 * the messages in flight and the current state; every other thread sends it a {@link DeliverySignal}.
 *
 * <p>The loop does what is due, sends what fits into the window, and sleeps until the next signals or the next due time. No
 * answer for 10 s means that the connection is lost.
 */
public final class Delivery implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final long FAREWELL_NANOS = Duration.ofMillis(1_500).toNanos();

    /** A loop that wakes so much too late was not running at all. */
    private static final long STALL_NANOS = Duration.ofSeconds(2).toNanos();

    /** Nothing relies on this bound; it keeps a fault in one due time from stopping all the others. */
    private static final long LONGEST_SLEEP_NANOS = Duration.ofHours(1).toNanos();

    /** Then the loop sends again, however many signals wait. */
    private static final int MOST_AT_ONCE = 200;

    private final BrokerLink link;
    private final InFlightWindow window;
    private final SendingOrder order;
    private final List<DeliveryPart> parts;
    private final DeliveryMailbox mailbox;
    private final LongSupplier nanoTime;
    private long promisedAt;
    private boolean closing;
    private long closeAt;

    /**
     * @param parts act in this order
     * @param nanoTime a monotonic clock
     */
    Delivery(
            BrokerLink link,
            InFlightWindow window,
            SendingOrder order,
            List<DeliveryPart> parts,
            DeliveryMailbox mailbox,
            LongSupplier nanoTime) {
        this.link = link;
        this.window = window;
        this.order = order;
        this.parts = List.copyOf(parts);
        this.mailbox = mailbox;
        this.nanoTime = nanoTime;
        this.promisedAt = nanoTime.getAsLong();
    }

    /** Works until it has carried out a {@link DeliverySignal.Close}, or until the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (step()) {
                long wait = waitNanos();
                DeliverySignal signal = mailbox.await(wait, !window.isEmpty());
                for (int taken = 1; signal != null; taken++) {
                    handle(signal);
                    signal = taken < MOST_AT_ONCE ? mailbox.poll() : null;
                }
            }
        } catch (InterruptedException e) {
            link.close(false);
        }
    }

    /** Does what is due and sends what may be sent; returns false once the link is closed for good. */
    private boolean step() {
        long now = nanoTime.getAsLong();
        excuse(now - promisedAt);
        link.refresh(now);
        if (isConnected() && window.isOverdue(now)) {
            lost(ReasonCode.SUCCESS, "The broker has not answered for 10 s: the connection is lost", now);
        }
        parts.forEach(part -> part.refresh(now));
        send(now);
        order.writeAcknowledged(now);
        if (closing && (!isConnected() || window.isEmpty() || now - closeAt >= 0)) {
            link.close(window.isEmpty());
        }
        return link.state() != BrokerLink.State.CLOSED;
    }

    /** How long the loop may sleep. */
    private long waitNanos() {
        long now = nanoTime.getAsLong();
        OptionalLong sending = maySend() && !closing ? order.waitNanos(now) : OptionalLong.empty();
        OptionalLong end = closing ? OptionalLong.of(closeAt - now) : OptionalLong.empty();
        OptionalLong refresh = Waits.shortest(parts.stream().flatMapToLong(part -> part.waitNanos(now).stream()));
        long wait = Waits.shortest(
                        link.waitNanos(now), window.waitNanos(now), order.untilWriteNanos(now), sending, end, refresh)
                .orElse(LONGEST_SLEEP_NANOS);
        long clamped = Math.max(0, Math.min(wait, LONGEST_SLEEP_NANOS));
        promisedAt = now + clamped;
        return clamped;
    }

    /** A process that was stopped or swapped out must not count that time against the broker. */
    private void excuse(long lateNanos) {
        if (lateNanos > STALL_NANOS) {
            window.postpone(lateNanos);
            link.postpone(lateNanos);
        }
    }

    private void handle(DeliverySignal signal) {
        long now = nanoTime.getAsLong();
        if (signal instanceof DeliverySignal.OfConnection connection) {
            if (link.concerns(connection)) {
                handleConnection(connection, now);
            }
        } else if (signal instanceof DeliverySignal.Detected detected) {
            parts.forEach(part -> part.detected(detected.events(), now));
        } else if (signal instanceof DeliverySignal.StreamsListed listed) {
            parts.forEach(part -> part.streamsListed(listed, now));
        } else if (signal instanceof DeliverySignal.RecorderAnswers recorder) {
            parts.forEach(part -> part.recorderAnswers(recorder.online(), now));
        } else if (signal instanceof DeliverySignal.Renamed name) {
            parts.forEach(part -> part.renamed(name.old(), name.renamed(), now));
        } else if (signal instanceof DeliverySignal.StreamCondition condition) {
            parts.forEach(part -> part.streamCondition(condition.stream(), condition.online()));
        } else if (signal instanceof DeliverySignal.RecorderStorage storage) {
            parts.forEach(part -> part.recorderStorage(storage.level(), now));
        } else if (signal instanceof DeliverySignal.Visited visit) {
            parts.forEach(part -> part.visited(visit, now));
        } else if (signal instanceof DeliverySignal.AlertsChanged alerts) {
            parts.forEach(part -> part.alertsChanged(alerts, now));
        } else if (signal instanceof DeliverySignal.ControlsChanged controls) {
            parts.forEach(part -> part.controlsChanged(controls, now));
        } else if (signal instanceof DeliverySignal.Pictured pictured) {
            parts.forEach(part -> part.pictured(pictured.stream(), now));
        } else if (signal instanceof DeliverySignal.AnnounceAgain) {
            parts.forEach(DeliveryPart::announceAgain);
        } else if (signal instanceof DeliverySignal.Forget forget) {
            parts.forEach(part -> part.forget(forget.stream(), now));
        } else if (signal instanceof DeliverySignal.ClientIdInUse) {
            if (link.rename(now)) {
                forgetInFlight(now);
            }
        } else if (signal instanceof DeliverySignal.Beat beat) {
            beat.answer().run();
        } else if (signal instanceof DeliverySignal.Bug bug) {
            throw new IllegalStateException("A thread of the connection to the broker has failed", bug.fault());
        } else if (signal instanceof DeliverySignal.Close && !closing) {
            closing = true;
            closeAt = now + FAREWELL_NANOS;
            parts.forEach(DeliveryPart::closing);
        }
    }

    private void handleConnection(DeliverySignal.OfConnection signal, long now) {
        if (signal instanceof DeliverySignal.Connected connected) {
            window.open(connected.limits());
            link.connected(now);
            parts.forEach(part -> part.connected(connected, now));
            order.connected(now);
        } else if (signal instanceof DeliverySignal.ConnectFailed failed) {
            link.failed(failed.failure(), now);
        } else if (signal instanceof DeliverySignal.Lost lost) {
            lost(lost.reason(), lost.sentence(), now);
        } else if (signal instanceof DeliverySignal.Answered answered) {
            answered(answered.ticket(), answered.reason(), now);
        } else if (signal instanceof DeliverySignal.Subscribed subscribed) {
            parts.forEach(part -> part.subscribed(subscribed.topicFilter(), subscribed.reason()));
        } else if (signal instanceof DeliverySignal.Received received) {
            parts.forEach(part -> part.received(received.topic(), received.payload(), received.retained(), now));
        }
    }

    private void answered(long ticket, ReasonCode reason, long now) {
        Optional<Outgoing> sent = window.answered(ticket);
        if (sent.isPresent()) {
            sent.get().answer().answered(reason, now);
            if (sent.get().message().retain() && !reason.isRefusal()) {
                parts.forEach(part -> part.acknowledged(sent.get().message(), reason, now));
            }
        }
    }

    private void lost(ReasonCode reason, String sentence, long now) {
        link.lost(reason, sentence, now);
        forgetInFlight(now);
    }

    private void forgetInFlight(long now) {
        window.clear();
        order.lost(now);
    }

    private void send(long now) {
        Optional<Outgoing> next = maySend() ? order.next(closing, window.limits(), now) : Optional.empty();
        while (next.isPresent()) {
            long ticket = window.add(next.get(), nanoTime.getAsLong());
            link.publish(ticket, next.get().message().within(window.limits()));
            next = maySend() ? order.next(closing, window.limits(), now) : Optional.empty();
        }
    }

    private boolean maySend() {
        return isConnected() && window.hasRoom();
    }

    private boolean isConnected() {
        return link.state() == BrokerLink.State.CONNECTED;
    }
}
