package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.source.SourceException;

/**
 * What {@code /api/streams/{name}/recording} says.
 *
 * @param isManual whether a recording runs that somebody began by hand
 * @param mayControl whether the login may begin or end one now: while another recording runs, LightNVR begins none
 */
record RecordingAnswer(boolean isManual, boolean mayControl) {

    static RecordingAnswer read(RecorderAnswer answer) throws SourceException {
        JsonNode json = answer.object();
        boolean runs = json.path("recording_active").asBoolean(false);
        boolean isManual = runs && json.path("capture_method").asText().equals("manual");
        return new RecordingAnswer(
                isManual, json.path("manual_control_allowed").asBoolean(false) && (isManual || !runs));
    }
}
