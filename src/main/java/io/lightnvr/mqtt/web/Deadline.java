package io.lightnvr.mqtt.web;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

/**
 * Interrupts a thread that has waited for too long. That closes the connection which it reads or writes, and ends what else it
 * waits for. For that thread alone, but for the interruption.
 */
final class Deadline {

    private final BiFunction<Duration, Runnable, Future<?>> timer;
    private final Runnable interrupt;
    private Future<?> pending;
    private int turn;

    /**
     * @param timer runs something after a time
     * @param interrupt interrupts the thread
     */
    Deadline(BiFunction<Duration, Runnable, Future<?>> timer, Runnable interrupt) {
        this.timer = timer;
        this.interrupt = interrupt;
    }

    /** Limits what comes next; what was before no longer counts. */
    synchronized void within(Duration time) {
        lift();
        int mine = turn;
        pending = timer.apply(time, () -> expire(mine));
    }

    /** Limits nothing any more. */
    synchronized void lift() {
        turn++;
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }

    private synchronized void expire(int mine) {
        if (mine == turn) {
            interrupt.run();
        }
    }
}
