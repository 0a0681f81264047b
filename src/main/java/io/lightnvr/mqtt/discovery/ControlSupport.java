package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.control.Control;
import io.lightnvr.mqtt.control.ControlView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What could be controlled of a stream at any time.
 *
 * @param presets the places to which its camera can turn
 */
public record ControlSupport(Set<Control> controls, List<String> presets) {

    /** Nothing. */
    public static final ControlSupport NONE = new ControlSupport(Set.of(), List.of());

    public ControlSupport {
        controls = Set.copyOf(controls);
        presets = List.copyOf(presets);
    }

    /** The same with what can be controlled now. */
    public ControlSupport and(ControlView view) {
        Set<Control> all = new HashSet<>(controls);
        all.addAll(view.able());
        return new ControlSupport(all, view.presets().isEmpty() ? presets : view.presets());
    }
}
