package io.lightnvr.mqtt.delivery;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The signals to the delivery thread, in the order in which they were sent. Any thread sends; the delivery thread alone
 * receives. What arrives is small: pictures wait in {@link Pictures}.
 */
public class DeliveryMailbox {

    /** To sleep and to be woken takes longer than an answer that is under way. */
    private static final long AWAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final BlockingQueue<DeliverySignal> signals = new LinkedBlockingQueue<>();

    /** Sends a signal; returns at once. */
    public void send(DeliverySignal signal) {
        signals.add(signal);
    }

    /** The next signal; null if there is none. */
    DeliverySignal poll() {
        return signals.poll();
    }

    /**
     * Waits for a signal.
     *
     * @param nanos how long at most, not negative
     * @param isAnswerDue whether the broker owes an answer, so that it is worth staying awake for a moment
     * @return null if none came
     */
    DeliverySignal await(long nanos, boolean isAnswerDue) throws InterruptedException {
        DeliverySignal next = signals.poll();
        long begin = System.nanoTime();
        while (next == null && isAnswerDue && System.nanoTime() - begin < Math.min(nanos, AWAKE_NANOS)) {
            Thread.yield();
            next = signals.poll();
        }
        return next != null ? next : signals.poll(nanos, TimeUnit.NANOSECONDS);
    }
}
