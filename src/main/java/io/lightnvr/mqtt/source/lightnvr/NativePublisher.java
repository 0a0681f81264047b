package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.source.SourceException;
import java.util.Optional;

/**
 * How the recorder's own MQTT publisher is set up, as {@code /api/settings} tells.
 *
 * @param enabled whether it publishes
 * @param discovery whether it announces entities to Home Assistant
 */
public record NativePublisher(
        boolean enabled, String brokerHost, int brokerPort, String clientId, String topicPrefix, boolean discovery) {

    /** Asks for it; nothing where we may not know. */
    static Optional<NativePublisher> ask(RecorderLogin login) throws SourceException, InterruptedException {
        RecorderAnswer answer = login.get("/api/settings");
        return answer.isRefused() ? Optional.empty() : Optional.of(read(answer));
    }

    static NativePublisher read(RecorderAnswer answer) throws SourceException {
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
