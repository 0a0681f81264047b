package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.control.Control;
import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.source.SourceException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code /api/streams/{name}} says of a stream's controls.
 *
 * @param on the position of each switch of its settings
 * @param mayChange whether the login may change them
 * @param hasPtz whether the camera is one that can be turned
 */
record ControlsAnswer(Map<Control, Boolean> on, boolean mayChange, boolean hasPtz, Optional<Boolean> isOnvif) {

    private static final Map<Control, String> FIELDS = Map.of(
            Control.DETECTION,
            "detection_based_recording",
            Control.RECORDING,
            "record",
            Control.PRIVACY,
            "privacy_mode");

    private static final String MAY_CHANGE = "can_control_privacy";
    private static final String PTZ = "ptz_enabled";
    private static final String ONVIF = "isOnvif";
    private static final Set<String> READ =
            Set.of("name", "detection_based_recording", "record", "privacy_mode", MAY_CHANGE, PTZ, ONVIF);

    static ControlsAnswer read(RecorderAnswer answer) throws SourceException {
        JsonNode json = answer.json(READ);
        if (!json.isObject() || !json.path("name").isTextual()) {
            throw answer.unexpected();
        }
        Map<Control, Boolean> on = new EnumMap<>(Control.class);
        FIELDS.forEach((control, field) -> {
            if (json.path(field).isBoolean() || json.path(field).isInt()) {
                on.put(control, json.path(field).asBoolean());
            }
        });
        return new ControlsAnswer(
                on,
                json.path(MAY_CHANGE).asBoolean(true),
                json.path(PTZ).asBoolean(false),
                Optional.of(json.path(ONVIF)).filter(JsonNode::isBoolean).map(JsonNode::asBoolean));
    }

    boolean isSet(Control control, boolean position) {
        return Boolean.valueOf(position).equals(on.get(control));
    }

    /** What changes one switch and nothing else. Privacy has a field of its own for it. */
    ObjectNode change(Control control, boolean position) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(control == Control.PRIVACY ? "set_privacy_mode" : FIELDS.get(control), position);
        isOnvif.ifPresent(value -> json.put(ONVIF, value));
        return json;
    }

    /**
     * @param recording nothing if the recorder cannot record by hand
     * @param ptz what the camera offers
     */
    ControlView view(Optional<RecordingAnswer> recording, PtzAnswer ptz) {
        Set<Control> able = EnumSet.noneOf(Control.class);
        Map<Control, Boolean> positions = new EnumMap<>(Control.class);
        positions.putAll(on);
        if (mayChange) {
            able.addAll(on.keySet());
            able.add(Control.TRIGGER);
        }
        recording.ifPresent(state -> {
            positions.put(Control.MANUAL_RECORDING, state.isManual());
            if (state.mayControl()) {
                able.add(Control.MANUAL_RECORDING);
            }
        });
        List<String> presets = new ArrayList<>(ptz.presets().keySet());
        if (!presets.isEmpty()) {
            able.add(Control.PTZ_PRESET);
        }
        if (ptz.hasHome()) {
            able.add(Control.PTZ_HOME);
        }
        return new ControlView(able, positions, presets, Optional.empty());
    }
}
