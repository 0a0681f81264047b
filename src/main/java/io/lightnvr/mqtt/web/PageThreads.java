package io.lightnvr.mqtt.web;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The threads on which requests are read and answered: eight, and one more for each listener. Beside them one that watches their
 * deadlines. All end when there was nothing to do for five seconds. Thread-safe.
 */
final class PageThreads implements Executor {

    /** How long a request may take to arrive, and its answer to be taken. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int FOR_REQUESTS = 8;
    private static final int IDLE_SECONDS = 5;

    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor watch;
    private final Consumer<Throwable> onFault;
    private final ThreadLocal<Deadline> deadlines = new ThreadLocal<>();
    private int listening;

    /**
     * @param group of the threads
     * @param onFault gets what a task throws
     */
    PageThreads(ThreadGroup group, Consumer<Throwable> onFault) {
        this.onFault = onFault;
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                FOR_REQUESTS,
                FOR_REQUESTS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(PageServer.MOST_CONNECTIONS),
                daemons(group, () -> "page-" + number.incrementAndGet()));
        pool.allowCoreThreadTimeOut(true);
        watch = new ScheduledThreadPoolExecutor(1, daemons(group, () -> "page-watch"));
        watch.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        watch.allowCoreThreadTimeOut(true);
        watch.setRemoveOnCancelPolicy(true);
    }

    /**
     * Runs a task, whose first bytes must arrive in time. As many can wait as there are connections.
     *
     * @throws RejectedExecutionException if too many wait
     */
    @Override
    public void execute(Runnable task) {
        pool.execute(() -> run(task));
    }

    /** The deadline of the task that runs on this thread. */
    Deadline deadline() {
        return deadlines.get();
    }

    /** Lets another thread answer requests while this one serves a listener. */
    synchronized void beginListening() {
        listening++;
        pool.setMaximumPoolSize(FOR_REQUESTS + listening);
        pool.setCorePoolSize(FOR_REQUESTS + listening);
    }

    /** The opposite of {@link #beginListening}. */
    synchronized void endListening() {
        listening--;
        pool.setCorePoolSize(FOR_REQUESTS + listening);
        pool.setMaximumPoolSize(FOR_REQUESTS + listening);
    }

    /** Interrupts all tasks and runs no others; returns at once. */
    void stop() {
        pool.shutdownNow();
        watch.shutdownNow();
    }

    /** Waits for the end of all threads after a stop, but not for long. */
    void await(Duration atMost) throws InterruptedException {
        pool.awaitTermination(atMost.toNanos(), TimeUnit.NANOSECONDS);
        watch.awaitTermination(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void run(Runnable task) {
        Deadline deadline = new Deadline(this::after, Thread.currentThread()::interrupt);
        deadlines.set(deadline);
        try {
            deadline.within(PATIENCE);
            task.run();
        } catch (RuntimeException | Error e) {
            if (!(e instanceof RejectedExecutionException && watch.isShutdown())) {
                onFault.accept(e);
            }
        } finally {
            deadline.lift();
            deadlines.remove();
            clearInterrupt();
        }
    }

    /** The next task is not to be interrupted for this one; that the pool stops, it finds out by itself. */
    private static void clearInterrupt() {
        Thread.interrupted();
    }

    private Future<?> after(Duration time, Runnable work) {
        return watch.schedule(work, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static ThreadFactory daemons(ThreadGroup group, Supplier<String> name) {
        return work -> {
            Thread thread = new Thread(group, work, name.get());
            thread.setDaemon(true);
            return thread;
        };
    }
}
