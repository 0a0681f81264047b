package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.event.EventTime;
import io.lightnvr.mqtt.event.StreamName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is published of a visit once, but for its delay. Cheap to keep in a store.
 *
 * @param sendableSince when it could first have been sent, by the clock by which events grow old
 * @param payload the JSON, of an event of Home Assistant without its last brace; must not be changed
 */
public record RenderedVisit(Kind kind, StreamName stream, Instant sendableSince, byte[] payload) implements Rendered {

    /** The least delay that a message names, in milliseconds. */
    private static final long LATE_MILLIS = 1_000;

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
        long delayMillis = EventTime.delay(sendableSince, now).toMillis();
        Map<String, String> properties =
                delayMillis < LATE_MILLIS ? Map.of() : Map.of("delayed_ms", Long.toString(delayMillis));
        return kind == Kind.REPORT
                ? Message.json(topics.visits(stream), payload, qos, false, properties, expiry)
                : Message.json(topics.visitEvents(stream), complete(delayMillis), qos, false, properties, expiry);
    }

    private byte[] complete(long delayMillis) {
        byte[] tail = (",\"delayed_ms\":" + delayMillis + "}").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(payload.length + tail.length)
                .put(payload)
                .put(tail)
                .array();
    }
}
