package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Topic;
import java.util.function.Predicate;

/**
 * The announcement of a device.
 *
 * @param keeps matches the ids of components that stay as they were announced before, since it is not known at the moment
 *     whether they are still right
 */
public record Announcement(Topic topic, String payload, Predicate<String> keeps) {

    /** The payload that follows an earlier one; the earlier text itself if only the order differs. */
    String after(String announced) {
        if (payload.equals(announced)) {
            return payload;
        }
        DevicePayload before = DevicePayload.of(announced);
        DevicePayload now = DevicePayload.of(payload).keeping(before, keeps);
        return now.equals(before) ? announced : now.text();
    }
}
