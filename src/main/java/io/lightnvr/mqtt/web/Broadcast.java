package io.lightnvr.mqtt.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Sends events to those who look, at most 20. Each has a queue of 64 KiB, beside the event that is being written to it; one whose
 * queue is full is cut off, so that a send never waits. Each is asked to connect again after five minutes. Thread-safe.
 */
public final class Broadcast {

    /** How many may listen at once. */
    static final int MOST_LISTENERS = 20;

    private static final String RETRY = "retry: 1000\n\n";

    private final FaultLog faults = new FaultLog(System::nanoTime);
    private final LongSupplier nanoTime;
    private final Supplier<byte[]> hello;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private boolean isClosed;

    /** @param hello makes the JSON of the event {@code hello}, which everybody gets first */
    public Broadcast(Supplier<byte[]> hello) {
        this(hello, System::nanoTime);
    }

    /** @param nanoTime a monotonic clock */
    public Broadcast(Supplier<byte[]> hello, LongSupplier nanoTime) {
        this.hello = hello;
        this.nanoTime = nanoTime;
    }

    /**
     * Sends an event to all who listen now. Any thread may call it; it never blocks, and never fails: a fault in making the event is
     * logged.
     *
     * @param json makes its JSON; not called when nobody listens
     */
    public void send(String event, Supplier<byte[]> json) {
        if (hasListeners()) {
            try {
                byte[] frame = frame(event, json.get());
                listeners.forEach(listener -> listener.offer(frame));
            } catch (RuntimeException e) {
                faults.add(e);
            }
        }
    }

    /** Whether anybody listens. */
    public boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /**
     * Adds a listener, which has {@code retry} and {@code hello} to write first.
     *
     * @param cutOff called once if it is too slow, on the sender's thread
     * @return empty if too many listen already, or the page is closing
     */
    Optional<Listener> listen(Runnable cutOff) {
        Listener listener = new Listener(nanoTime, cutOff);
        listener.offer(RETRY.getBytes(StandardCharsets.US_ASCII));
        listener.offer(frame("hello", hello.get()));
        synchronized (this) {
            boolean hasPlace = !isClosed && listeners.size() < MOST_LISTENERS;
            if (hasPlace) {
                listeners.add(listener);
            }
            return hasPlace ? Optional.of(listener) : Optional.empty();
        }
    }

    /** Removes a listener, which is not cut off any more. */
    synchronized void leave(Listener listener) {
        listener.leave();
        listeners.remove(listener);
        notifyAll();
    }

    /** Sends {@code closing} to all and lets nobody listen any more; then waits for them to have written it, but not for long. */
    synchronized void close(Duration atMost) throws InterruptedException {
        isClosed = true;
        byte[] closing = frame("closing", "{}".getBytes(StandardCharsets.US_ASCII));
        listeners.forEach(listener -> listener.end(closing));
        long until = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); left > 0 && hasListeners(); left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** One event; line breaks outside of JSON's strings are blank, and inside of them there are none. */
    private static byte[] frame(String event, byte[] json) {
        byte[] begin = ("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[begin.length + json.length + 2];
        System.arraycopy(begin, 0, frame, 0, begin.length);
        for (int i = 0; i < json.length; i++) {
            boolean isBreak = json[i] == '\n' || json[i] == '\r';
            frame[begin.length + i] = isBreak ? (byte) ' ' : json[i];
        }
        frame[frame.length - 2] = '\n';
        frame[frame.length - 1] = '\n';
        return frame;
    }
}
