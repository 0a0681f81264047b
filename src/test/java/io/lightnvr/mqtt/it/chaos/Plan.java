package io.lightnvr.mqtt.it.chaos;

import java.time.Duration;
import java.util.Set;

/**
 * What a round is to be like; two rounds of one plan have the same faults at the same times.
 *
 * @param seed what chance comes from
 * @param length how long faults come, before everything is well again
 * @param longest how long the longest fault may last
 * @param kinds which faults may come
 * @param qos of the events, 1 or 2
 * @param login whether the bridge may read; without, it only hears what the recorder publishes
 */
record Plan(long seed, Duration length, Duration longest, Set<Kind> kinds, int qos, boolean login) {

    Plan {
        kinds = Set.copyOf(kinds);
    }

    /** Whether the recorder publishes what it stores, as today's does: with two seeds of three, if there is another way. */
    boolean publishes() {
        return !login || seed % 3 != 0;
    }

    /** Whether the bridge's connection to the broker is encrypted: with every other seed. */
    boolean tls() {
        return seed % 2 == 0;
    }
}
