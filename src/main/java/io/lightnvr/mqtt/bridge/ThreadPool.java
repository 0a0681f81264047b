package io.lightnvr.mqtt.bridge;

import io.lightnvr.mqtt.intake.Scheduler;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Named daemon threads that run tasks now or later. A fault in a task ends the program as a bug. Thread-safe. */
final class ThreadPool implements Scheduler, AutoCloseable {

    private static final long END_MILLIS = 500;

    private final ScheduledThreadPoolExecutor executor;
    private final Consumer<Throwable> bug;

    /**
     * @param name of its threads, with a number if there are several
     * @param bug takes faults
     */
    ThreadPool(String name, int threads, Consumer<Throwable> bug) {
        AtomicInteger number = new AtomicInteger();
        this.bug = bug;
        this.executor = new ScheduledThreadPoolExecutor(
                threads, task -> daemon(task, threads == 1 ? name : name + "-" + number.incrementAndGet()));
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void run(Duration after, Runnable task) {
        try {
            executor.schedule(() -> guarded(task), after.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The bridge closes: nothing runs later.
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            bug.accept(e);
        }
    }

    /** Interrupts what is under way, and begins nothing more; returns at once. */
    void stop() {
        executor.shutdownNow();
    }

    /** Stops, and waits half a second for what is under way. */
    @Override
    public void close() {
        stop();
        try {
            executor.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
