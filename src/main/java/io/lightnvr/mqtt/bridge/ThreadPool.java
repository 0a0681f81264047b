package io.lightnvr.mqtt.bridge;

import io.lightnvr.mqtt.intake.Scheduler;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A pool of named daemon threads that run tasks after a delay; reports an error thrown by a task. Thread-safe. */
final class ThreadPool implements Scheduler, AutoCloseable {

    private static final long END_MILLIS = 500;

    private final ScheduledThreadPoolExecutor executor;
    private final Consumer<Throwable> onError;

    /**
     * @param name of the threads, followed by a number if there are several
     * @param onError gets what tasks throw
     */
    ThreadPool(String name, int threads, Consumer<Throwable> onError) {
        AtomicInteger number = new AtomicInteger();
        this.onError = onError;
        this.executor = new ScheduledThreadPoolExecutor(
                threads, task -> daemon(task, threads == 1 ? name : name + "-" + number.incrementAndGet()));
    }

    /** A daemon thread that is not started yet. */
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
            // The pool is stopped: no task runs any more.
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            onError.accept(e);
        }
    }

    /** Interrupts running tasks and starts no others; returns at once. */
    void stop() {
        executor.shutdownNow();
    }

    /** Stops, and waits up to 500 ms for running tasks. */
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
