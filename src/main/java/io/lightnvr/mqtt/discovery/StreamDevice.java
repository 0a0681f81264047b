package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.EventSummary;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.publish.Availability;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes the devices of streams, with their detections.
 *
 * @param groups each has a binary sensor and a trigger
 * @param zoneGroups those of the groups that have a binary sensor in each zone
 * @param freshFor by how much an event may be delayed and still fire triggers
 * @param visits whether there are entities of visits
 * @param pages the recorder's page of a stream, if people can open it
 */
record StreamDevice(
        String instanceId,
        TopicLayout topics,
        EventGroups groups,
        List<String> zoneGroups,
        Duration freshFor,
        boolean visits,
        Function<StreamName, Optional<String>> pages) {

    /** The beginning of the ids of zones' components, and of no others. */
    private static final String ZONE = "zone_";

    /** The beginning of the ids of the components of a group in a zone; what ends them is as long for each zone. */
    private static final String IN_ZONE = "in_zone_";

    /** The id of the picture's component. */
    static final String IMAGE = "image";

    /** The id of the still's component. */
    static final String SNAPSHOT = "snapshot";

    private static final Map<String, String> ICONS = Map.of(
            EventGroups.PERSON,
            "mdi:account",
            "vehicle",
            "mdi:car",
            "animal",
            "mdi:paw",
            "package",
            "mdi:package-variant");

    /**
     * The device of a stream.
     *
     * @param firstName by which Home Assistant knows the device and its entities
     * @param zones the zones of the recorder
     * @param image whether there are pictures of the stream's detections
     * @param snapshot whether there are stills of the stream
     * @param controls what can be controlled of the stream
     */
    Device of(
            StreamName stream,
            StreamName firstName,
            List<Zone> zones,
            boolean image,
            boolean snapshot,
            ControlSupport controls) {
        EntityIds ids = EntityIds.of(firstName);
        return new Device(
                id(instanceId, firstName),
                stream.displayName(),
                "Camera stream",
                Optional.empty(),
                pages.apply(stream),
                Optional.of(BridgeDevice.id(instanceId)),
                List.of(topics.availability(), topics.availability(stream)),
                Stream.concat(
                                components(stream, zones, image, snapshot).stream(),
                                new ControlComponents(topics).of(stream, controls).stream())
                        .map(ids::helped)
                        .toList());
    }

    /** The id of a stream's device; the word in the middle keeps streams of one instance apart from another instance. */
    static String id(String instanceId, StreamName stream) {
        return idPrefix(instanceId) + stream.key();
    }

    /** The beginning of the ids of all stream devices of an instance. */
    static String idPrefix(String instanceId) {
        return instanceId + "_stream_";
    }

    private List<Component> components(StreamName stream, List<Zone> zones, boolean image, boolean snapshot) {
        Topic state = topics.state(stream);
        List<Component> all = new ArrayList<>();
        all.add(detections(state));
        groups.labels().keySet().forEach(group -> all.add(group(state, group)));
        if (groups.labels().containsKey(EventGroups.PERSON)) {
            all.add(personCount(state));
        }
        all.add(detection(topics.events(stream)));
        if (visits) {
            all.addAll(new VisitComponents(topics, groups, fresh()).of(stream));
        }
        all.add(lastDetection(state));
        all.add(lastLabel(state));
        all.add(connection(stream));
        groups.labels().keySet().forEach(group -> all.add(trigger(topics.events(stream), group)));
        if (image) {
            all.add(image(topics.image(stream)));
        }
        if (snapshot) {
            all.add(snapshot(topics.snapshot(stream)));
        }
        zones.stream().filter(StreamDevice::isShown).forEach(zone -> {
            all.add(zone(state, zone));
            zoneGroups.forEach(group -> all.add(groupInZone(state, zone, group)));
        });
        return all;
    }

    private static Component detections(Topic state) {
        return Component.entity("detections", "sensor", "Detections", state)
                .showing(Template.value("count", "0"))
                .with("state_class", "measurement")
                .with("suggested_display_precision", 0)
                .with("icon", "mdi:motion-sensor");
    }

    private static Component group(Topic state, String group) {
        boolean person = group.equals(EventGroups.PERSON);
        Component component = Component.entity(
                        person ? group : "group_" + group, "binary_sensor", capitalised(group), state)
                .showing(person ? Template.value(group, "'OFF'") : Template.within("groups", group))
                .with("device_class", "occupancy");
        return withIcon(component, group);
    }

    private static Component withIcon(Component component, String group) {
        return ICONS.containsKey(group) ? component.with("icon", ICONS.get(group)) : component;
    }

    private Component personCount(Topic state) {
        return Component.entity("person_count", "sensor", "Person count", state)
                .showing(Template.sum(
                        "labels",
                        groups.labels().get(EventGroups.PERSON).stream()
                                .sorted()
                                .toList()))
                .with("state_class", "measurement")
                .with("suggested_display_precision", 0)
                .with("icon", "mdi:account-multiple");
    }

    /** Renders nothing, and so fires nothing, for delayed events and for types from before the groups were changed. */
    private Component detection(Topic events) {
        List<String> types = EventSummary.types(groups);
        return Component.entity("detection", "event", "Detection", events)
                .showing(Template.event(types, fresh(), "label", "confidence", "zones", "event_id"))
                .with("event_types", types)
                .with("device_class", "motion");
    }

    private Component trigger(Topic events, String group) {
        return Component.trigger("trigger_" + group, "detected", group, events, group)
                .showing("{% set e = " + Template.JSON + " %}{{ " + Template.literal(group) + " if " + fresh() + " and "
                        + Template.literal(group) + " in e.groups | default([]) else '' }}");
    }

    private String fresh() {
        return "e.delayed_ms | default(0) <= " + freshFor.toMillis();
    }

    private static Component lastDetection(Topic state) {
        return Component.entity("last_detection", "sensor", "Last detection", state)
                .showing(Template.known("last_detection"))
                .with("device_class", "timestamp");
    }

    private static Component lastLabel(Topic state) {
        return Component.entity("last_label", "sensor", "Last label", state)
                .showing(Template.text("last_label", "none"))
                .with("icon", "mdi:label")
                .with("enabled_by_default", false);
    }

    /** Shows the stream's availability; available while the bridge keeps it up to date. */
    private Component connection(StreamName stream) {
        return Component.entity("connection", "binary_sensor", "Connection", topics.availability(stream))
                .with("payload_on", Availability.ONLINE)
                .with("payload_off", Availability.OFFLINE)
                .with("device_class", "connectivity")
                .diagnostic()
                .availableBy(List.of(topics.availability()));
    }

    private static Component image(Topic pictures) {
        return Component.entity(IMAGE, "image", "Picture")
                .with("image_topic", pictures.name())
                .with("content_type", "image/jpeg")
                .with("qos", 1);
    }

    private static Component snapshot(Topic stills) {
        return Component.entity(SNAPSHOT, "camera", "Snapshot")
                .with("topic", stills.name())
                .with("qos", 1);
    }

    private static Component zone(Topic state, Zone zone) {
        return Component.entity(ZONE + zone.key(), "binary_sensor", zone.displayName(), state)
                .showing(Template.within("zones", zone.name()))
                .with("device_class", "occupancy")
                .with("icon", "mdi:vector-square");
    }

    private static Component groupInZone(Topic state, Zone zone, String group) {
        Component component = Component.entity(
                        IN_ZONE + group + "_" + zone.hash(),
                        "binary_sensor",
                        zone.displayName() + " " + words(group),
                        state)
                .showing(Template.within("zone_groups", zone.name(), group))
                .with("device_class", "occupancy");
        return withIcon(component, group);
    }

    /** Whether a component is there because of a zone. */
    static boolean isOfZone(String id) {
        return id.startsWith(ZONE) || id.startsWith(IN_ZONE);
    }

    private static boolean isShown(Zone zone) {
        return zone.enabled() && !zone.name().isBlank();
    }

    private static String capitalised(String group) {
        String words = words(group);
        return words.isEmpty() ? group : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String words(String group) {
        return group.replace('_', ' ').strip();
    }
}
