package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is published of a visit once, but for its delay. Cheap to keep in a store.
 *
 * @param sendableSince when it could first have been sent, by the clock by which events grow old
 * @param payload the JSON, of an event of Home Assistant without its last brace; must not be changed
 */
public record RenderedVisit(Kind kind, StreamName stream, Instant sendableSince, byte[] payload) implements Rendered {

    /** What it is. */
    public enum Kind {
        /** A report of the visit, as documented. */
        REPORT,
        /** A type that the visit has for the first time, or its end, for Home Assistant's event entity. */
        EVENT
    }

    @Override
    public int size() {
        return payload.length;
    }

    /**
     * The message, which is never retained.
     *
     * @param expiry when the broker may drop it, counted from now
     * @param now by the clock of {@code sendableSince}
     */
    public Message message(TopicLayout topics, Qos qos, Optional<Duration> expiry, Instant now) {
        Delay delay = Delay.of(sendableSince, now);
        return kind == Kind.REPORT
                ? Message.json(topics.visits(stream), payload, qos, false, delay.properties(), expiry)
                : Message.json(topics.visitEvents(stream), completed(delay), qos, false, delay.properties(), expiry);
    }

    private byte[] completed(Delay delay) {
        return CompactJson.completed(payload, ",\"delayed_ms\":" + delay.millis());
    }
}
