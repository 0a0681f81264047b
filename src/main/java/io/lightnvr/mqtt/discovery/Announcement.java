package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Topic;
import java.util.function.Predicate;

/**
 * What is to be announced on a discovery topic.
 *
 * @param keeps the ids of those components that stay as they were announced before, since we do not know at the moment
 *     whether they are still right
 */
public record Announcement(Topic topic, String payload, Predicate<String> keeps) {

    /** The payload, after what was announced before; the same text where the order alone would be different. */
    String after(String announced) {
        if (payload.equals(announced)) {
            return payload;
        }
        DevicePayload before = DevicePayload.of(announced);
        DevicePayload now = DevicePayload.of(payload).keeping(before, keeps);
        return now.equals(before) ? announced : now.text();
    }
}
