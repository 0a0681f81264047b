package io.lightnvr.mqtt.status;

import java.util.Locale;

/** A neighbour on which the bridge depends. */
public enum Part {
    /** LightNVR. */
    RECORDER,
    /** The MQTT broker to which the bridge publishes. */
    BROKER,
    /** Home Assistant, as its birth and will on the broker tell. */
    HOME_ASSISTANT,
    /** Home Assistant's Supervisor, which names the broker to an add-on. */
    SUPERVISOR;

    /** The lower-case name, as it stands in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
