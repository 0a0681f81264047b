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
 * How long the program runs: until a signal (SIGTERM, Ctrl-C), a time that was set, or a bug. An orderly end has status
 * 0 even after a signal; the JVM by itself would end with 143, which the Home Assistant Supervisor shows as a failure.
 */
public final class ProcessLifetime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessLifetime.class);
    private static final long CLOSING_MILLIS = 4_500;
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private final Thread hook = new Thread(this::onSignal, "signal");

    /** Begins to listen to signals. */
    public ProcessLifetime() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Ends the program because of a fault of its own. */
    public void bug(Throwable fault) {
        if (end.complete(ExitStatus.BUG)) {
            LOG.error("Internal error: please report this bug with the lines below. The bridge shuts down.", fault);
        } else {
            LOG.error("Another internal error during the shutdown:", fault);
        }
    }

    /**
     * Waits for the end.
     *
     * @param atMost the time that was set, if one was
     */
    public void await(Optional<Duration> atMost) throws InterruptedException {
        if (!endsWithin(atMost.orElse(FOREVER))) {
            end.complete(ExitStatus.OK);
        }
    }

    /** Waits for the end, but not for longer than a time; whether it came. */
    boolean endsWithin(Duration time) throws InterruptedException {
        try {
            end.get(time.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError("It is never completed exceptionally", e);
        }
    }

    /** The status to exit with, once it has ended. */
    public int status() {
        return end.join();
    }

    /** Says that everything is closed, so that a signal need not wait any longer. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal came: the hook ends the process now.
        }
    }

    private void onSignal() {
        end.complete(ExitStatus.OK);
        try {
            closed.await(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(end.join());
    }
}
