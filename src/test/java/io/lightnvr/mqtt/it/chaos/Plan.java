package io.lightnvr.mqtt.it.chaos;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a round is to be like; two rounds of one plan have the same faults at the same times.
 *
 * @param seed what chance comes from
 * @param length how long faults come, before everything is well again
 * @param longest how long the longest fault may last
 * @param kinds which faults may come; those that the way cannot bear are left out
 */
record Plan(long seed, Duration length, Duration longest, Set<Kind> kinds, Way way) {

    Plan {
        Set<Kind> bearable = new TreeSet<>(kinds);
        bearable.removeAll(way.source().cannotBear());
        kinds = Set.copyOf(bearable);
    }

    /** Whether the bridge is killed while it cannot write down what it sent. */
    boolean killsOnAFullDisk() {
        return kinds.contains(Kind.KILL_ON_FULL_DISK);
    }
}
