package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.source.NativePublisher;
import io.lightnvr.mqtt.source.SourceException;

/** Reads {@code /api/settings}, which needs a login. */
final class SettingsAnswer {

    private SettingsAnswer() {}

    /**
     * The settings of the built-in publisher.
     *
     * @throws SourceException where it is not such an answer
     */
    static NativePublisher nativePublisher(RecorderAnswer answer) throws SourceException {
        JsonNode json = answer.object();
        return new NativePublisher(
                json.path("mqtt_enabled").asBoolean(false),
                json.path("mqtt_broker_host").asText(""),
                json.path("mqtt_broker_port").asInt(0),
                json.path("mqtt_client_id").asText(""),
                json.path("mqtt_topic_prefix").asText(""),
                json.path("mqtt_ha_discovery").asBoolean(false));
    }
}
