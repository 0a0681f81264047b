package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An event for trying things out: one detection in the middle of the picture, now.
 *
 * @param confidence 0 to 1
 * @param zone the name of a zone; empty for none
 */
public record TestEvent(StreamName stream, String label, float confidence, String zone) {

    /** Outside of the order of any stream's events. */
    private static final long NO_SEQUENCE = 0;

    private static final Box IN_THE_MIDDLE = new Box(0.4f, 0.3f, 0.2f, 0.5f);

    /**
     * The messages, by the same code as the bridge's; the occurrence is random, so that no two events share an id.
     *
     * @param retain whether the documented message is retained
     */
    public List<Message> messages(EventRenderer renderer, TopicLayout topics, Qos qos, boolean retain) {
        Instant now = Instant.now();
        int occurrence = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        Detection detection = new Detection(label, confidence, IN_THE_MIDDLE, "", zone, occurrence);
        DetectionEvent event = new DetectionEvent(stream, now.getEpochSecond(), List.of(detection), now);
        return renderer.render(event).messages(topics, qos, retain, NO_SEQUENCE, Optional.empty(), now);
    }
}
