package io.lightnvr.mqtt.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be controlled of a stream now, and how its switches are, as the recorder says. Immutable.
 *
 * @param able what the recorder can do and the login may
 * @param on the position of each switch that is known
 * @param presets the names of the camera's places, in the recorder's order, none twice
 * @param preset the place to which the camera was turned last, if it is known
 */
public record ControlView(Set<Control> able, Map<Control, Boolean> on, List<String> presets, Optional<String> preset) {

    /** Nothing can be controlled. */
    public static final ControlView NONE = new ControlView(Set.of(), Map.of(), List.of(), Optional.empty());

    public ControlView {
        able = Set.copyOf(able);
        on = Map.copyOf(on);
        presets = List.copyOf(presets);
    }

    /** The same without some controls. */
    public ControlView without(Collection<Control> some) {
        Set<Control> rest = able.isEmpty() ? EnumSet.noneOf(Control.class) : EnumSet.copyOf(able);
        rest.removeAll(some);
        return new ControlView(rest, on, presets, preset);
    }

    /** The same with the place to which the camera was turned last. */
    public ControlView at(Optional<String> place) {
        return new ControlView(able, on, presets, place.filter(presets::contains));
    }

    /** Whether a switch is as a command wants it; always true of other commands. */
    public boolean fulfils(ControlCommand command) {
        return !(command instanceof ControlCommand.Switch wanted)
                || Boolean.valueOf(wanted.on()).equals(on.get(wanted.control()));
    }

    /** The JSON on the topic of the stream's controls: what is available, and of that the switches and the place. */
    public byte[] bytes() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode available = json.putArray("available");
        Map<Control, Boolean> switches = new EnumMap<>(Control.class);
        for (Control control : Control.values()) {
            if (able.contains(control)) {
                available.add(control.word());
                Optional.ofNullable(on.get(control)).ifPresent(position -> switches.put(control, position));
            }
        }
        switches.forEach((control, position) -> json.put(control.word(), position ? "ON" : "OFF"));
        if (able.contains(Control.PTZ_PRESET)) {
            json.put(Control.PTZ_PRESET.word(), preset.orElse(null));
        }
        return JsonTree.text(json).getBytes(StandardCharsets.UTF_8);
    }
}
