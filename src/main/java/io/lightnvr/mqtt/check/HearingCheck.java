package io.lightnvr.mqtt.check;

import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.status.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks whether the recorder publishes its events at the broker, where the bridge hears them at once and without a login. */
final class HearingCheck {

    private final Configuration.Nvr nvr;
    private final OneShotConnection connection;
    private final CheckReport.Part part;

    /** @param connection to the broker; it is left open */
    HearingCheck(Configuration.Nvr nvr, OneShotConnection connection, CheckReport.Part part) {
        this.nvr = nvr;
        this.connection = connection;
        this.part = part;
    }

    /** @param unread why detections cannot be read without a login; it is no problem if they are heard */
    void check(Optional<Finding> unread) throws InterruptedException {
        String below = nvr.topicPrefix() + "/v1/";
        if (nvr.eventsBroker().isPresent()) {
            part.ok("publishes to the broker of nvr.events_broker, which was not looked at");
            unread.ifPresent(part::add);
        } else if (isPublishing(below)) {
            part.ok("publishes its events on " + below + "events: detections are heard at once"
                    + (unread.isPresent()
                            ? ", without a login. Whoever may write there can invent detections; docs/recipes/broker.md has an"
                                    + " ACL that lets the recorder alone"
                            : ""));
        } else {
            unread.ifPresent(part::add);
            part.ok("publishes no events on " + below + "events, as LightNVR 0.38.1 and later does if its MQTT is on:"
                    + " detections are read, up to 5 s later");
        }
    }

    /** Whether the recorder's presence says so; it is retained. */
    private boolean isPublishing(String below) throws InterruptedException {
        try {
            Map<Topic, byte[]> presence = connection.retained(List.of(below + "status/+"));
            return presence.values().stream()
                    .anyMatch(payload -> new String(payload, StandardCharsets.UTF_8).contains("online"));
        } catch (OneShotConnection.FailedException e) {
            part.warning(e.getMessage(), "give this user read access to " + below + "#");
            return false;
        }
    }
}
