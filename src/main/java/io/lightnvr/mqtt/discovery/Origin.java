package io.lightnvr.mqtt.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The program that announces a device. By its name, announcements of this program are told from those of others.
 *
 * @param version the version of the bridge
 */
record Origin(String version) {

    static final String NAME = "LightNVR MQTT";

    private static final String SUPPORT_URL = "https://github.com/opensensor/lightnvr-mqtt";

    void describe(ObjectNode json) {
        json.put("name", NAME);
        json.put("sw_version", version);
        json.put("support_url", SUPPORT_URL);
    }
}
