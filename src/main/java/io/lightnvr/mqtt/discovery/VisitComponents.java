package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.EventSummary;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.publish.VisitRenderer;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the entities of a stream's visits.
 *
 * @param fresh a template's condition on a message {@code e} that is not too late to fire an event
 */
record VisitComponents(TopicLayout topics, EventGroups groups, String fresh) {

    private static final int MOST_MINUTES = 10_080;

    List<Component> of(StreamName stream) {
        Topic alerts = topics.alerts(stream);
        Topic last = topics.lastVisit(stream);
        return List.of(
                visit(topics.visitEvents(stream)),
                lastVisit(last),
                duration(last),
                switchOf(alerts),
                pause(topics.alertPause(stream)),
                snooze(alerts));
    }

    /** Fires for each type that a visit has for the first time, and for its end. */
    private Component visit(Topic events) {
        List<String> types = new ArrayList<>(EventSummary.types(groups));
        types.add(VisitRenderer.ENDED);
        return Component.entity("visit", "event", "Visit", events)
                .showing(Template.event(
                        types, fresh, "visit_id", "label", "confidence", "zones", "duration", "page", "clip"))
                .with("event_types", List.copyOf(types))
                .with("icon", "mdi:walk");
    }

    private static Component lastVisit(Topic last) {
        return Component.entity("last_visit", "sensor", "Last visit", last)
                .showing(Template.known("started"))
                .with("device_class", "timestamp");
    }

    private static Component duration(Topic last) {
        return Component.entity("visit_duration", "sensor", "Visit duration", last)
                .showing(Template.known("duration"))
                .with("device_class", "duration")
                .with("unit_of_measurement", "s")
                .with("enabled_by_default", false);
    }

    private static Component switchOf(Topic alerts) {
        return Component.entity("alerts", "switch", "Alerts", alerts)
                .with("command_topic", TopicLayout.set(alerts).name())
                .with("icon", "mdi:bell")
                .with("entity_category", "config");
    }

    private static Component pause(Topic pause) {
        return Component.entity("alert_pause", "number", "Alert pause", pause)
                .with("command_topic", TopicLayout.set(pause).name())
                .with("min", 0)
                .with("max", MOST_MINUTES)
                .with("mode", "box")
                .with("device_class", "duration")
                .with("unit_of_measurement", "min")
                .with("icon", "mdi:timer-pause-outline")
                .with("entity_category", "config");
    }

    private static Component snooze(Topic alerts) {
        return Component.entity("snooze_alerts", "button", "Snooze alerts")
                .with("command_topic", TopicLayout.set(alerts).name())
                .with("payload_press", "OFF 30m")
                .with("qos", 1)
                .with("icon", "mdi:bell-sleep");
    }
}
