package io.lightnvr.mqtt.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the process running until a signal (SIGTERM, Ctrl-C), the end of a set time, or an internal error. The exit status after a
 * signal is 0; the JVM's default would be 143, which the Home Assistant Supervisor shows as a failure. Thread-safe.
 */
public final class ProcessLifetime implements AutoCloseable {

    private static final long CLOSING_MILLIS = 4_500;
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private volatile int atBest = ExitStatus.OK;
    private final CountDownLatch closed = new CountDownLatch(1);

    private final Thread hook = new Thread(this::onSignal, "signal");

    /** Starts to catch signals. */
    public ProcessLifetime() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Logs an internal error and ends the process; later errors are only logged. */
    public void fail(Throwable fault) {
        Logger log = log();
        if (end.complete(ExitStatus.BUG)) {
            log.error("Internal error: please report this bug with the lines below. The bridge shuts down.", fault);
        } else {
            log.error("Another internal error during the shutdown:", fault);
        }
    }

    /** Part of the process has failed, and the rest goes on: its exit status is at least this. */
    synchronized void atLeast(int status) {
        atBest = Math.max(atBest, status);
    }

    /** The least exit status so far. */
    int least() {
        return atBest;
    }

    /** Ends the process: nothing of it goes on. */
    void end() {
        end.complete(ExitStatus.OK);
    }

    /**
     * Waits for the end.
     *
     * @param atMost ends the process after this time, if given
     */
    public void await(Optional<Duration> atMost) throws InterruptedException {
        if (!endsWithin(atMost.orElse(FOREVER))) {
            end.complete(ExitStatus.OK);
        }
    }

    /** Waits for the end for at most some time, in whole seconds; returns whether it has come. */
    boolean endsWithin(Duration time) throws InterruptedException {
        try {
            end.get(time.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError("The future never fails", e);
        }
    }

    /** Waits for the end and returns the exit status. */
    public int status() {
        int status = end.join();
        return status == ExitStatus.OK ? atBest : status;
    }

    /** Ends the wait of a signal for the process to close everything. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal has arrived: the hook ends the process.
        }
    }

    /** Not before it is needed: the log is set up once the configuration is read, and a lifetime begins before that. */
    private static Logger log() {
        return LoggerFactory.getLogger(ProcessLifetime.class);
    }

    private void onSignal() {
        end.complete(ExitStatus.OK);
        try {
            closed.await(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status());
    }
}
