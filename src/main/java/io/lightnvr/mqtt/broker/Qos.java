package io.lightnvr.mqtt.broker;

/** The quality of service of a message: how often it may arrive (MQTT 5, 4.3). */
public enum Qos {
    AT_MOST_ONCE,
    AT_LEAST_ONCE,
    EXACTLY_ONCE;

    /**
     * The QoS with this number.
     *
     * @param level 0, 1 or 2
     */
    public static Qos of(int level) {
        return values()[level];
    }

    /** 0, 1 or 2. */
    public int level() {
        return ordinal();
    }

    /** The lower of the two. */
    public Qos atMost(Qos highest) {
        return compareTo(highest) <= 0 ? this : highest;
    }
}
