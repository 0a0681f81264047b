package io.lightnvr.mqtt.demo.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a stream that may be changed while it runs.
 *
 * @param detects whether the recorder looks for objects
 * @param records whether it records always
 * @param isPrivate whether it shows and records nothing
 * @param isOnvif whether its camera speaks ONVIF
 * @param presets the places to which its camera can turn; nothing if it cannot
 */
public record SimulatedSettings(
        boolean detects, boolean records, boolean isPrivate, boolean isOnvif, Optional<List<String>> presets) {

    static SimulatedSettings of(SimulatedStream stream) {
        return new SimulatedSettings(stream.hasDetector(), false, false, false, Optional.empty());
    }

    public SimulatedSettings detecting(boolean on) {
        return new SimulatedSettings(on, records, isPrivate, isOnvif, presets);
    }

    public SimulatedSettings recording(boolean on) {
        return new SimulatedSettings(detects, on, isPrivate, isOnvif, presets);
    }

    public SimulatedSettings inPrivate(boolean on) {
        return new SimulatedSettings(detects, records, on, isOnvif, presets);
    }

    /** With a camera that speaks ONVIF. */
    public SimulatedSettings withOnvif(boolean on) {
        return new SimulatedSettings(detects, records, isPrivate, on, presets);
    }

    /** With a camera that can turn to these places, and has a home. */
    public SimulatedSettings turningTo(String... places) {
        return new SimulatedSettings(detects, records, isPrivate, isOnvif, Optional.of(List.of(places)));
    }

    /** What a change leaves of them: all that it does not name, but for ONVIF, which is then guessed from the address. */
    SimulatedSettings changedBy(JsonNode json, String url) {
        return new SimulatedSettings(
                json.path("detection_based_recording").asBoolean(detects),
                json.path("record").asBoolean(records),
                isPrivate,
                json.path("isOnvif").asBoolean(url.contains("onvif")),
                presets);
    }
}
