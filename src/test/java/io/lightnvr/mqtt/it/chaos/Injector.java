package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.it.Program;
import java.time.Duration;

/** Makes each fault begin and end. */
final class Injector {

    private static final long HOUR = 3_600;
    private static final Duration SLOW = Duration.ofMillis(150);

    private final World world;
    private int timesIn1970;

    Injector(World world) {
        this.world = world;
    }

    void begin(Kind kind) {
        switch (kind) {
            case BRIDGE_KILL -> world.bridge().program().kill();
            case BRIDGE_FREEZE -> freeze(world.bridge().program());
            case BROKER_KILL -> {
                world.toBroker().refuse();
                world.broker().kill();
            }
            case BROKER_RESTART -> {
                world.toBroker().refuse();
                world.broker().mosquitto().stop();
            }
            case BROKER_FREEZE -> freeze(world.broker().mosquitto().program());
            case BROKER_LOGIN -> world.broker().shutOut();
            case RECORDER_KILL -> world.recorder().program().kill();
            case RECORDER_FREEZE -> freeze(world.recorder().program());
            case DISK_FULL, KILL_ON_FULL_DISK -> world.bridge().disk().fill();
            case CLOCK_AHEAD -> world.recorder().setClock(HOUR);
            case CLOCK_BEHIND -> world.recorder().setClock(-HOUR);
            case CLOCK_1970 -> world.recorder().setClock(nextIn1970());
            case MACHINE_AHEAD -> world.bridge().clock().set(HOUR);
            case MACHINE_BEHIND -> world.bridge().clock().set(-HOUR);
            case WAKES_IN_1970 -> {
                long ahead = nextIn1970();
                world.recorder().rest();
                world.bridge().program().kill();
                world.recorder().setClock(ahead);
                world.bridge().clock().set(ahead);
                world.bridge().start();
                world.recorder().wake();
            }
            default -> beginOnWire(kind, wire(kind));
        }
    }

    void end(Kind kind) {
        switch (kind) {
            case BRIDGE_KILL -> world.bridge().start();
            case BRIDGE_FREEZE -> thaw(world.bridge().program());
            case BROKER_KILL, BROKER_RESTART -> world.startBroker();
            case BROKER_FREEZE -> thaw(world.broker().mosquitto().program());
            case BROKER_LOGIN -> world.broker().letIn();
            case RECORDER_KILL -> world.recorder().start();
            case RECORDER_FREEZE -> thaw(world.recorder().program());
            case DISK_FULL -> world.bridge().disk().free();
            case KILL_ON_FULL_DISK -> {
                world.bridge().program().kill();
                world.bridge().start();
                world.bridge().program().errors().await("a full disk", line -> line.contains(" is full: make room"));
                world.bridge().disk().free();
            }
            case CLOCK_AHEAD, CLOCK_BEHIND, CLOCK_1970 -> world.recorder().setClock(0);
            case MACHINE_AHEAD, MACHINE_BEHIND -> world.bridge().clock().set(0);
            case WAKES_IN_1970 -> {
                world.recorder().setClock(0);
                world.bridge().clock().set(0);
            }
            default -> wire(kind).open();
        }
    }

    private static void beginOnWire(Kind kind, Wire wire) {
        switch (kind) {
            case BROKER_CUT, RECORDER_CUT -> wire.cut();
            case BROKER_REFUSE, RECORDER_REFUSE -> wire.refuse();
            case BROKER_SLOW, RECORDER_SLOW -> wire.slow(SLOW);
            case BROKER_SILENT, RECORDER_SILENT -> wire.silence();
            case BROKER_HALF_CLOSE, RECORDER_HALF_CLOSE -> wire.halfClose();
            default -> throw new IllegalArgumentException("No fault of a wire: " + kind);
        }
    }

    private Wire wire(Kind kind) {
        return kind.isOfBroker() ? world.toBroker() : world.toRecorder();
    }

    /**
     * In seconds ahead of the right time; each time so much later that nothing of the last one is caught up. What a recorder has twice of
     * one second of one stream nobody can tell apart for ever.
     */
    private long nextIn1970() {
        return ++timesIn1970 * 2 * HOUR - System.currentTimeMillis() / 1_000;
    }

    private static void freeze(Program program) {
        program.signal("STOP");
    }

    private static void thaw(Program program) {
        program.signal("CONT");
    }
}
