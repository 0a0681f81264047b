package io.lightnvr.mqtt.web;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells those who listen every 2 s what has changed of the counts and findings. Has a thread only while somebody listens. */
final class HealthNews implements AutoCloseable {

    private static final long EVERY_MILLIS = 2_000;

    private final Broadcast broadcast;
    private final Supplier<byte[]> health;
    private final Runnable onNobody;
    private final long everyMillis;
    private Thread thread;

    /** Whether somebody was about to listen since the last time, who may not be there yet. */
    private boolean isAwaited;

    private boolean isClosed;

    /**
     * @param health makes the JSON
     * @param onNobody runs when nobody listens any more
     */
    HealthNews(Broadcast broadcast, Supplier<byte[]> health, Runnable onNobody) {
        this(broadcast, health, onNobody, EVERY_MILLIS);
    }

    /** The same with another time between two. */
    HealthNews(Broadcast broadcast, Supplier<byte[]> health, Runnable onNobody, long everyMillis) {
        this.everyMillis = everyMillis;
        this.broadcast = broadcast;
        this.health = health;
        this.onNobody = onNobody;
    }

    /** Somebody is about to listen. */
    synchronized void wake() {
        isAwaited = true;
        if (thread == null && !isClosed) {
            thread = new Thread(this::run, "page-health");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        byte[] before = {};
        try {
            while (pause()) {
                byte[] now = health.get();
                if (!Arrays.equals(now, before)) {
                    byte[] told = now;
                    broadcast.send("health", () -> told);
                    before = now;
                }
            }
        } catch (InterruptedException e) {
            // The page closes.
        } finally {
            end();
        }
    }

    /** After a fault the next one who listens has a thread again. */
    private synchronized void end() {
        if (thread == Thread.currentThread()) {
            thread = null;
        }
    }

    /** Waits; returns whether somebody listens. If not, this thread has ended as far as others see. */
    private synchronized boolean pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.timedWait(this, everyMillis);
        boolean goesOn = (broadcast.hasListeners() || isAwaited) && !isClosed;
        isAwaited = false;
        if (goesOn) {
            return true;
        }
        thread = null;
        onNobody.run();
        return false;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
