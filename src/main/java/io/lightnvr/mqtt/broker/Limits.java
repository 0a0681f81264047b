package io.lightnvr.mqtt.broker;

import java.time.Duration;
import java.util.Optional;

/**
 * What a broker takes, from its CONNACK.
 *
 * @param receiveMaximum how many messages of QoS 1 and 2 may be unacknowledged, 1 to 65,535
 * @param maximumPacketSize the size of the largest packet, in bytes
 * @param maximumQos the highest QoS
 * @param retainAvailable whether it keeps retained messages
 * @param keepAlive within which time it wants a sign of life, if it does not leave that to the client
 */
public record Limits(
        int receiveMaximum,
        long maximumPacketSize,
        Qos maximumQos,
        boolean retainAvailable,
        Optional<Duration> keepAlive) {

    /** Limits without a keep-alive of the broker's own. */
    public Limits(int receiveMaximum, long maximumPacketSize, Qos maximumQos, boolean retainAvailable) {
        this(receiveMaximum, maximumPacketSize, maximumQos, retainAvailable, Optional.empty());
    }

    /** The limits of a CONNACK without properties (MQTT 5, 3.2.2.3). */
    public static Limits unlimited() {
        return new Limits(65_535, Long.MAX_VALUE, Qos.EXACTLY_ONCE, true);
    }
}
