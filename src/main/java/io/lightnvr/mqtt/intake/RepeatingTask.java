package io.lightnvr.mqtt.intake;

import java.time.Duration;

/**
 * Work that is done again and again, by one thread at a time: it says itself how long to wait until the next time, and
 * can be woken before. Thread-safe.
 */
final class RepeatingTask {

    /** How often work that need not wait is done before others have their turn. */
    private static final int AT_ONCE = 8;

    private final Scheduler later;
    private final Work work;
    private long turn;
    private boolean running;
    private boolean ended;

    /** What is done; it tells how long to wait until it is done again. */
    @FunctionalInterface
    interface Work {
        Duration run() throws InterruptedException;
    }

    RepeatingTask(Scheduler later, Work work) {
        this.later = later;
        this.work = work;
    }

    /** Does it as soon as possible, instead of when it would have been done; nothing where it is being done now. */
    synchronized void wake() {
        if (!running) {
            next(Duration.ZERO);
        }
    }

    /** Does it no more. */
    synchronized void end() {
        ended = true;
    }

    private void next(Duration wait) {
        long mine = ++turn;
        later.run(wait, () -> run(mine));
    }

    private void run(long mine) {
        if (begin(mine)) {
            try {
                Duration wait = work.run();
                for (int i = 0; i < AT_ONCE && wait.isZero() && !isEnded(); i++) {
                    wait = work.run();
                }
                done(wait);
            } catch (InterruptedException e) {
                // The bridge closes: there is no next time.
            }
        }
    }

    private synchronized boolean begin(long mine) {
        boolean mayRun = mine == turn && !running && !ended;
        running |= mayRun;
        return mayRun;
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private synchronized void done(Duration wait) {
        running = false;
        next(wait);
    }
}
