package io.lightnvr.mqtt.intake;

import java.time.Duration;

/**
 * Work that repeats, on one thread at a time: each run returns how long to wait until the next one, and {@link #wake} ends
 * that wait. Thread-safe.
 */
final class RepeatingTask {

    /** How many runs follow each other without a wait before other tasks have their turn. */
    private static final int AT_ONCE = 8;

    private final Scheduler scheduler;
    private final Work work;
    private long turn;
    private boolean isRunning;
    private boolean isWoken;
    private boolean isEnded;

    /** One run; returns how long to wait until the next one. */
    @FunctionalInterface
    interface Work {
        Duration run() throws InterruptedException;
    }

    RepeatingTask(Scheduler scheduler, Work work) {
        this.scheduler = scheduler;
        this.work = work;
    }

    /** Runs as soon as possible; if a run is under way, once more after it. */
    synchronized void wake() {
        if (isRunning) {
            isWoken = true;
        } else {
            schedule(Duration.ZERO);
        }
    }

    /** Ends the repetition; a run that is under way is finished. */
    synchronized void end() {
        isEnded = true;
    }

    private void schedule(Duration wait) {
        long mine = ++turn;
        scheduler.run(wait, () -> run(mine));
    }

    private void run(long mine) {
        if (begin(mine)) {
            try {
                Duration wait = work.run();
                for (int i = 0; i < AT_ONCE && wait.isZero() && !isEnded(); i++) {
                    wait = work.run();
                }
                finish(wait);
            } catch (InterruptedException e) {
                // The bridge closes: there is no next run.
            }
        }
    }

    private synchronized boolean begin(long mine) {
        boolean mayRun = mine == turn && !isRunning && !isEnded;
        isRunning |= mayRun;
        return mayRun;
    }

    private synchronized boolean isEnded() {
        return isEnded;
    }

    private synchronized void finish(Duration wait) {
        isRunning = false;
        schedule(isWoken ? Duration.ZERO : wait);
        isWoken = false;
    }
}
