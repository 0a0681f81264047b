package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.delivery.RetainedTopics.Rank;
import io.lightnvr.mqtt.discovery.Announcements;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides what goes to the broker next: availability and states, then pictures for which reports of visits wait, then events,
 * then other pictures, then what is announced to Home Assistant, then stills. For the delivery thread alone; times are
 * nanoseconds of a monotonic clock.
 */
final class SendingOrder {

    private final RetainedTopics retained;
    private final EventSender events;
    private final Pictures pictures;
    private final Pictures stills;
    private final Announcements announcements;
    private final RefusalLog refusals;

    SendingOrder(
            RetainedTopics retained,
            EventSender events,
            Pictures pictures,
            Pictures stills,
            Announcements announcements,
            RefusalLog refusals) {
        this.retained = retained;
        this.events = events;
        this.pictures = pictures;
        this.stills = stills;
        this.announcements = announcements;
        this.refusals = refusals;
    }

    /** A new connection takes what the last one refused, perhaps, and is told every retained topic. */
    void connected(long now) {
        refusals.reset();
        retained.republishAll();
        announcements.connected(now);
    }

    /** The connection is lost: what is not acknowledged is sent again. */
    void lost(long now) {
        pictures.lost();
        stills.lost();
        events.startOver(now);
    }

    /** Makes durable what was acknowledged a while ago. */
    void writeAcknowledged(long now) {
        events.writeAcknowledged(now);
    }

    /** How long until {@link #writeAcknowledged} has something to do. */
    OptionalLong untilWriteNanos(long now) {
        return events.untilWriteNanos(now);
    }

    /** The next message, if there is one; at the end of the bridge only availability. */
    Optional<Outgoing> next(boolean closing, Limits limits, long now) {
        if (closing) {
            return retained(Rank.AVAILABILITY, limits, now);
        }
        return retained(Rank.STATE, limits, now)
                .or(() -> pictures.nextExpected(limits, now))
                .or(() -> events.next(limits, now))
                .or(() -> retained(Rank.LAST, limits, now))
                .or(() -> pictures.next(limits))
                .or(() -> announcement(limits, now))
                .or(() -> stills.next(limits));
    }

    /** How long until {@link #next} has a message by the passing of time. */
    OptionalLong waitNanos(long now) {
        return Waits.shortest(events.waitNanos(now), announcements.waitNanos(now));
    }

    private Optional<Outgoing> retained(Rank last, Limits limits, long now) {
        Optional<Message> message = retained.next(last);
        while (message.isPresent() && isTooLarge(message.get(), limits, now)) {
            message = retained.next(last);
        }
        return message.map(this::outgoing);
    }

    private Optional<Outgoing> announcement(Limits limits, long now) {
        Optional<Message> message = announcements.next(now);
        while (message.isPresent() && isTooLarge(message.get(), limits, now)) {
            message = announcements.next(now);
        }
        return message.map(this::outgoing);
    }

    private boolean isTooLarge(Message message, Limits limits, long now) {
        boolean tooLarge = refusals.isTooLarge(message, limits.maximumPacketSize());
        if (tooLarge) {
            announcements.refused(message.topic(), now);
        }
        return tooLarge;
    }

    private Outgoing outgoing(Message message) {
        return new Outgoing(message, (reason, now) -> answered(message, reason, now));
    }

    private void answered(Message message, ReasonCode reason, long now) {
        if (reason.isRefusal()) {
            refusals.refused(message.topic(), reason);
            announcements.refused(message.topic(), now);
        } else {
            announcements.acknowledged(message.topic(), now);
            retained.acknowledged(message);
        }
    }
}
