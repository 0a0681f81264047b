package io.lightnvr.mqtt.publish;

/**
 * The payloads of availability topics, as Home Assistant expects them by default:
 * https://www.home-assistant.io/integrations/mqtt/#mqtt-availability
 */
public final class Availability {

    public static final String ONLINE = "online";
    public static final String OFFLINE = "offline";

    private Availability() {}
}
