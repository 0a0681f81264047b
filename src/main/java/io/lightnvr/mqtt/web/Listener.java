package io.lightnvr.mqtt.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One who listens: what is still to be written to it. After {@link #TIME} it ends with the event {@code renew}: the system takes
 * megabytes for one who never reads, so that only this frees its place. Written to by any thread, read by one.
 */
final class Listener {

    /** How long one may listen until it must ask again. */
    static final Duration TIME = Duration.ofMinutes(5);

    private static final int MOST_BYTES = 64 << 10;
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RENEW = "event: renew\ndata: {}\n\n".getBytes(StandardCharsets.US_ASCII);

    private final LongSupplier nanoTime;
    private final long begun;
    private final Runnable cutOff;
    private final Queue<byte[]> frames = new ArrayDeque<>();
    private int bytes;
    private boolean isEnding;
    private boolean hasLeft;
    private boolean isRenewing;

    /**
     * @param nanoTime a monotonic clock
     * @param cutOff called once when the queue is full
     */
    Listener(LongSupplier nanoTime, Runnable cutOff) {
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.cutOff = cutOff;
    }

    /** Adds a frame. An empty queue takes one of any length: the list of many streams is longer than a queue. */
    synchronized void offer(byte[] frame) {
        if (hasLeft || isEnding) {
            return;
        }
        if (!frames.isEmpty() && bytes + frame.length > MOST_BYTES) {
            leave();
            cutOff.run();
        } else {
            frames.add(frame);
            bytes += frame.length;
            notifyAll();
        }
    }

    /** Adds the last frame. */
    synchronized void end(byte[] frame) {
        offer(frame);
        isEnding = true;
    }

    /** Forgets what is still to be written, and takes no more. */
    synchronized void leave() {
        hasLeft = true;
        frames.clear();
    }

    /**
     * Waits for a frame.
     *
     * @param atMost after this time it is a comment, by which a connection that has broken is noticed
     * @return empty after the last one
     */
    synchronized Optional<byte[]> next(Duration atMost) throws InterruptedException {
        if (frames.isEmpty() && !isEnding && !hasLeft) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.min(atMost.toNanos(), left()));
        }
        if (left() <= 0 && !isEnding && !hasLeft) {
            renew();
        }
        byte[] frame = frames.poll();
        if (frame != null) {
            bytes -= frame.length;
            return Optional.of(frame);
        }
        return isEnding || hasLeft ? Optional.empty() : Optional.of(COMMENT);
    }

    /** Whether its time is over, so that it asks again as soon as it knows: its place must be free by then. */
    synchronized boolean isRenewing() {
        return isRenewing;
    }

    /** Whoever asks again is told everything anew: one who is slow need not take first what waits. */
    private void renew() {
        frames.clear();
        frames.add(RENEW);
        bytes = RENEW.length;
        isEnding = true;
        isRenewing = true;
    }

    private long left() {
        return TIME.toNanos() - (nanoTime.getAsLong() - begun);
    }
}
