package io.lightnvr.mqtt.broker;

/**
 * What a broker takes, from its CONNACK.
 *
 * @param receiveMaximum how many messages of QoS 1 and 2 may be unacknowledged, 1 to 65,535
 * @param maximumPacketSize the size of the largest packet, in bytes
 * @param maximumQos the highest QoS
 * @param retainAvailable whether it keeps retained messages
 */
public record Limits(int receiveMaximum, long maximumPacketSize, Qos maximumQos, boolean retainAvailable) {

    /** The limits of a CONNACK without properties (MQTT 5, 3.2.2.3). */
    public static Limits unlimited() {
        return new Limits(65_535, Long.MAX_VALUE, Qos.EXACTLY_ONCE, true);
    }
}
