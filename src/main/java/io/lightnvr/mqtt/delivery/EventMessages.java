package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.publish.RenderedVisit;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.store.SequencedEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Makes the messages of an event when it is sent, as the user wants them and as the broker takes them.
 *
 * @param retain whether the documented one is retained
 * @param maxAge how long an event may wait; what is left of it is the messages' expiry
 * @param clock the time by which events grow old
 */
record EventMessages(TopicLayout topics, Qos qos, boolean retain, Duration maxAge, Clock clock) {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final long HALF_A_SECOND = 500;

    /** The documented message, then the enriched one, or the report of a visit; none if it has waited too long to be sent. */
    List<Message> compose(SequencedEvent event, Limits limits) {
        Instant now = clock.instant();
        Duration left = maxAge.minus(Duration.between(event.added(), now)).plusMillis(HALF_A_SECOND);
        if (left.compareTo(LEAST) < 0) {
            return List.of();
        }
        Optional<Duration> expiry = Optional.of(left.truncatedTo(ChronoUnit.SECONDS));
        return messages(event, expiry, now).stream()
                .map(message -> message.within(limits))
                .toList();
    }

    private List<Message> messages(SequencedEvent event, Optional<Duration> expiry, Instant now) {
        return event.event() instanceof RenderedEvent rendered
                ? rendered.messages(topics, qos, retain, event.sequence(), expiry, now)
                : List.of(((RenderedVisit) event.event()).message(topics, qos, expiry, now));
    }
}
