package io.lightnvr.mqtt.broker;

/**
 * What a broker takes, as its CONNACK says.
 *
 * @param receiveMaximum how many messages of QoS 1 and 2 may be unacknowledged, 1 to 65,535
 * @param maximumPacketSize the bytes of the largest packet
 * @param maximumQos the highest level
 * @param retainAvailable whether it keeps retained messages
 */
public record Limits(int receiveMaximum, long maximumPacketSize, Qos maximumQos, boolean retainAvailable) {

    /** What holds where a CONNACK says nothing (MQTT 5, 3.2.2.3). */
    public static Limits unlimited() {
        return new Limits(65_535, Long.MAX_VALUE, Qos.EXACTLY_ONCE, true);
    }
}
