package io.lightnvr.mqtt.broker;

/**
 * Why an attempt to connect failed.
 *
 * @param kind what helps
 * @param sentence what happened and, if people can do something, what; for people
 */
public record ConnectFailure(Kind kind, String sentence) {

    /** What helps. */
    public enum Kind {
        /** Time: the broker is away, starting or busy. */
        WEATHER,
        /** A person: a wrong password or certificate, or a broker without MQTT 5. */
        REFUSAL,
        /** A will of QoS 0: the broker takes no other. */
        WILL
    }
}
