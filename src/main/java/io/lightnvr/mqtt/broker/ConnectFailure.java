package io.lightnvr.mqtt.broker;

/**
 * Why there is no connection.
 *
 * @param kind what helps
 * @param sentence what to tell people: what happened and, where they can do something, what
 */
public record ConnectFailure(Kind kind, String sentence) {

    /** What helps against a failure. */
    public enum Kind {
        /** Waiting: the broker is away, starting or busy. */
        WEATHER,
        /** A person: wrong password, wrong certificate, a broker that does not speak MQTT 5. */
        REFUSAL
    }
}
