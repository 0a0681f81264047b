package io.lightnvr.mqtt.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Who announces a device; by its name our own announcements are told from those of others.
 *
 * @param version our version
 */
record Origin(String version) {

    static final String NAME = "LightNVR MQTT";

    private static final String SUPPORT_URL = "https://github.com/opensensor/lightNVR";

    void describe(ObjectNode json) {
        json.put("name", NAME);
        json.put("sw_version", version);
        json.put("support_url", SUPPORT_URL);
    }
}
