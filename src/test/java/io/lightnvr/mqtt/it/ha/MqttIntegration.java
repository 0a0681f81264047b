package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.it.Mosquitto;
import java.util.LinkedHashMap;
import java.util.Map;

/** Joins Home Assistant to a broker by the forms that a person would fill in. */
final class MqttIntegration {

    private static final String FLOWS = "/api/config/config_entries/flow";
    private static final String OPTION_FLOWS = "/api/config/config_entries/options/flow";
    private static final Map<String, Object> UNENCRYPTED =
            Map.of("set_client_cert", false, "set_ca_cert", "off", "transport", "tcp");

    private final Rest rest;
    private final Mosquitto broker;
    private final HomeAssistantOptions options;

    MqttIntegration(Rest rest, Mosquitto broker, HomeAssistantOptions options) {
        this.rest = rest;
        this.broker = broker;
        this.options = options;
    }

    /** Joins the broker, and waits until Home Assistant has subscribed there with all options. */
    void join() {
        long before = subscriptions();
        String entryId = fill(FLOWS, "mqtt", broker()).at("/result/entry_id").asText();
        awaitSubscription(before);
        if (!options.mqtt().isEmpty()) {
            before = subscriptions();
            fill(OPTION_FLOWS, entryId, options.mqtt());
            awaitSubscription(before);
        }
    }

    /** How often Home Assistant has subscribed to the devices, as far as the broker's log goes back. */
    long subscriptions() {
        return broker.log().all(MqttIntegration::isSubscription).size();
    }

    /** Waits for one more subscription, if there is a broker. */
    void awaitSubscription(long before) {
        if (broker.program().isAlive()) {
            broker.log().await("Home Assistant's subscription", (int) before + 1, MqttIntegration::isSubscription);
        }
    }

    private Map<String, Object> broker() {
        return Map.of("broker", "127.0.0.1", "port", broker.port(), "other_settings", UNENCRYPTED);
    }

    /** Opens a form and fills it in; what is not given keeps what the form shows. */
    private JsonNode fill(String flows, String handler, Map<String, Object> given) {
        JsonNode form = rest.post(flows, Map.of("handler", handler));
        Map<String, Object> fields = shown(form);
        fields.putAll(given);
        JsonNode done = rest.post(flows + "/" + form.path("flow_id").asText(), fields);
        if (!done.path("type").asText().equals("create_entry")) {
            throw new AssertionError("Home Assistant does not take " + fields + ": " + done);
        }
        return done;
    }

    private static Map<String, Object> shown(JsonNode form) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (JsonNode field : form.path("data_schema")) {
            JsonNode value = field.has("default") ? field.path("default") : field.at("/description/suggested_value");
            if (!value.isMissingNode()) {
                fields.put(field.path("name").asText(), value);
            }
        }
        return fields;
    }

    private static boolean isSubscription(String line) {
        return line.endsWith("/device/+/config") && line.contains(" 0 ");
    }
}
