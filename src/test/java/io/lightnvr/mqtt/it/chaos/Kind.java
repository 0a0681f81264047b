package io.lightnvr.mqtt.it.chaos;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What can go wrong, to what, and for how long. */
enum Kind {
    /** SIGKILL, and a start after a while. */
    BRIDGE_KILL(Target.BRIDGE, 0, 5),
    /** SIGSTOP, SIGCONT. */
    BRIDGE_FREEZE(Target.BRIDGE, 2, 30),
    /** SIGKILL, and a start after a while: it has lost what it had not saved. */
    BROKER_KILL(Target.BROKER, 0, 5),
    /** SIGTERM, and a start after a while. */
    BROKER_RESTART(Target.BROKER, 0, 10),
    BROKER_FREEZE(Target.BROKER, 2, 30),
    /** The broker takes the bridge's password for wrong, and throws it out. */
    BROKER_LOGIN(Target.BROKER, 5, 20),
    BROKER_CUT(Target.BROKER, 0, 0),
    BROKER_REFUSE(Target.BROKER, 1, 20),
    BROKER_SLOW(Target.BROKER, 3, 15),
    BROKER_SILENT(Target.BROKER, 2, 30),
    BROKER_HALF_CLOSE(Target.BROKER, 1, 15),
    RECORDER_KILL(Target.RECORDER, 0, 10),
    RECORDER_FREEZE(Target.RECORDER, 2, 30),
    RECORDER_CUT(Target.RECORDER, 0, 0),
    RECORDER_REFUSE(Target.RECORDER, 1, 20),
    RECORDER_SLOW(Target.RECORDER, 3, 15),
    RECORDER_SILENT(Target.RECORDER, 2, 30),
    RECORDER_HALF_CLOSE(Target.RECORDER, 1, 15),
    /** An hour ahead, and back. */
    CLOCK_AHEAD(Target.CLOCK, 8, 25),
    /** An hour behind, and back. */
    CLOCK_BEHIND(Target.CLOCK, 8, 25),
    /** To 1970, and back. */
    CLOCK_1970(Target.CLOCK, 20, 25),
    /** The clock of the bridge's machine alone: an hour ahead, and back. */
    MACHINE_AHEAD(Target.MACHINE, 3, 25),
    /** The clock of the bridge's machine alone: an hour behind, and back. */
    MACHINE_BEHIND(Target.MACHINE, 3, 25),
    /**
     * Recorder and bridge are on one machine without a battery, which keeps the time on its disk: both start in 1970, and
     * then the clock is set. The cameras see nothing until the bridge looks.
     */
    WAKES_IN_1970(Target.CLOCK, 20, 25),
    /** The bridge's data folder is full. */
    DISK_FULL(Target.DISK, 3, 30),
    /**
     * The bridge's data folder is full, the bridge is killed and started again, and only then there is room. What it sent
     * on the full disk it cannot know any more, so a round with this kind is judged by {@link FullDiskCheck}.
     */
    KILL_ON_FULL_DISK(Target.BRIDGE, 3, 10);

    private final Target target;
    private final int least;
    private final int most;

    /** Of two kinds with one target only one is there at a time. */
    private enum Target {
        BRIDGE,
        BROKER,
        RECORDER,
        CLOCK,
        MACHINE,
        DISK
    }

    /** @param least in seconds */
    Kind(Target target, int least, int most) {
        this.target = target;
        this.least = least;
        this.most = most;
    }

    /** The kinds that {@code -Dchaos.faults} names, else all but {@link #KILL_ON_FULL_DISK}. */
    static Set<Kind> chosen() {
        return named(System.getProperty("chaos.faults", "all,-kill_on_full_disk"));
    }

    /**
     * The kinds of a list such as {@code broker_kill,clock_1970} or {@code all,-bridge_kill}, read from left to right.
     *
     * @throws IllegalArgumentException for a name that no kind has
     */
    static Set<Kind> named(String list) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String word : list.toUpperCase(Locale.ROOT).split(",")) {
            if (word.equals("ALL")) {
                kinds.addAll(EnumSet.allOf(Kind.class));
            } else if (word.startsWith("-")) {
                kinds.remove(valueOf(word.substring(1)));
            } else {
                kinds.add(valueOf(word));
            }
        }
        return kinds;
    }

    /** The shortest time that it lasts, in seconds. */
    int least() {
        return least;
    }

    /** The longest time that it lasts, in seconds. */
    int most() {
        return most;
    }

    /**
     * Whether both must not be there at once: they have the same target; or one sets the recorder's clock and the other
     * keeps the bridge from looking; or both set the bridge's clock; or both fill the disk, or one fills it and the other kills the bridge ({@link #KILL_ON_FULL_DISK} is that).
     */
    boolean excludes(Kind other) {
        return target == other.target
                || isClock() && other.blinds()
                || other.isClock() && blinds()
                || isMachineAndWaking(other)
                || isDiskAndKill(other);
    }

    /** Whether it sets the recorder's clock. */
    boolean isClock() {
        return target == Target.CLOCK;
    }

    /** Whether it is between the bridge and the broker, or the broker itself. */
    boolean isOfBroker() {
        return target == Target.BROKER;
    }

    private boolean blinds() {
        return target == Target.BRIDGE || target == Target.RECORDER;
    }

    private boolean isMachineAndWaking(Kind other) {
        return this == WAKES_IN_1970 && other.target == Target.MACHINE
                || other == WAKES_IN_1970 && target == Target.MACHINE;
    }

    private boolean kills() {
        return this == BRIDGE_KILL || this == WAKES_IN_1970 || this == KILL_ON_FULL_DISK;
    }

    private boolean isDiskAndKill(Kind other) {
        return EnumSet.of(this, other).contains(DISK_FULL) && (kills() || other.kills());
    }
}
