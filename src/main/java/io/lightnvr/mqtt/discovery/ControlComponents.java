package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.control.Control;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.Availability;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the entities by which the recorder is told what to do. Each is available while the bridge is there and the topic of the stream's
 * controls names it, whether or not the stream runs: a private stream does not.
 */
record ControlComponents(TopicLayout topics) {

    /** The beginning of the ids of these components, and of no others. */
    private static final String ID = "control_";

    private static final Map<Control, String> ICONS = Map.of(
            Control.DETECTION, "mdi:motion-sensor",
            Control.RECORDING, "mdi:record-rec",
            Control.PRIVACY, "mdi:eye-off",
            Control.MANUAL_RECORDING, "mdi:record",
            Control.TRIGGER, "mdi:bell-ring",
            Control.PTZ_PRESET, "mdi:cctv",
            Control.PTZ_HOME, "mdi:home");

    /** Whether a component is one of these, by its id. */
    static boolean isOne(String id) {
        return id.startsWith(ID);
    }

    List<Component> of(StreamName stream, ControlSupport support) {
        return Arrays.stream(Control.values())
                .filter(support.controls()::contains)
                .map(control -> component(stream, control, support.presets()))
                .toList();
    }

    private Component component(StreamName stream, Control control, List<String> presets) {
        Topic state = topics.control(stream);
        Component component = switch (control) {
            case DETECTION, RECORDING, PRIVACY ->
                entity("switch", control, state)
                        .showing(Template.known(control.word()))
                        .with("entity_category", "config");
            case MANUAL_RECORDING -> entity("switch", control, state).showing(Template.known(control.word()));
            case PTZ_PRESET ->
                entity("select", control, state)
                        .showing(Template.known(control.word()))
                        .with("options", presets);
            case TRIGGER -> button(control).with("payload_press", "{\"action\":\"pulse\",\"objects\":[\"motion\"]}");
            case PTZ_HOME -> button(control);
        };
        return component
                .with("command_topic", topics.command(stream, control).name())
                .with("icon", ICONS.get(control))
                .with(
                        "availability",
                        List.of(Map.of("topic", topics.availability().name()), available(state, control)))
                .with("availability_mode", "all");
    }

    private static Component entity(String platform, Control control, Topic state) {
        return Component.entity(ID + control.word(), platform, control.title(), state);
    }

    private static Component button(Control control) {
        return Component.entity(ID + control.word(), "button", control.title()).with("qos", 1);
    }

    private static Map<String, String> available(Topic state, Control control) {
        Map<String, String> availability = new LinkedHashMap<>();
        availability.put("topic", state.name());
        availability.put(
                "value_template",
                "{{ " + Template.literal(Availability.ONLINE) + " if " + Template.literal(control.word()) + " in "
                        + Template.JSON + ".available | default([]) else " + Template.literal(Availability.OFFLINE)
                        + " }}");
        return availability;
    }
}
