package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.source.SourceException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a camera that can be turned offers.
 *
 * @param hasHome whether it has a place from which it usually looks
 * @param presets the token of each place by its name, in the camera's order
 */
record PtzAnswer(boolean hasHome, Map<String, String> presets) {

    static final PtzAnswer NOTHING = new PtzAnswer(false, Map.of());

    private static final int MOST_PRESETS = 64;
    private static final int LONGEST = 64;

    /**
     * @param capabilities the answer to {@code /ptz/capabilities}
     * @param presets the answer to {@code /ptz/presets}; one without success counts as no presets
     */
    static PtzAnswer read(RecorderAnswer capabilities, RecorderAnswer presets) throws SourceException {
        JsonNode able = capabilities.object();
        Map<String, String> named = new LinkedHashMap<>();
        if (able.path("has_presets").asBoolean(false) && presets.isOk()) {
            for (JsonNode preset : presets.object().path("presets")) {
                String token = preset.path("token").asText("");
                String name = preset.path("name").asText("").strip();
                if (named.size() < MOST_PRESETS && !token.isEmpty() && token.length() < LONGEST) {
                    String first = name.isEmpty() || name.length() > LONGEST ? token : name;
                    named.putIfAbsent(named.containsKey(first) ? first + " (" + token + ")" : first, token);
                }
            }
        }
        return new PtzAnswer(able.path("has_home_position").asBoolean(false), named);
    }
}
