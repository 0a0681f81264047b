package io.lightnvr.mqtt.broker;

/** How surely a message arrives (MQTT 5, 4.3). */
public enum Qos {
    AT_MOST_ONCE,
    AT_LEAST_ONCE,
    EXACTLY_ONCE;

    /**
     * The level of a number.
     *
     * @param level 0, 1 or 2
     */
    public static Qos of(int level) {
        return values()[level];
    }

    public int level() {
        return ordinal();
    }

    /** The lower of two levels. */
    public Qos atMost(Qos highest) {
        return compareTo(highest) <= 0 ? this : highest;
    }
}
