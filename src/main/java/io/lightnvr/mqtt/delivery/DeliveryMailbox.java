package io.lightnvr.mqtt.delivery;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals to the delivery thread, in the order in which they were sent. Any thread sends; the delivery thread alone
 * receives. What the bridge itself sends is small: pictures wait in {@link Pictures}. What other clients publish is bounded: of a
 * flood that delivery cannot follow the rest is dropped.
 */
public class DeliveryMailbox {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryMailbox.class);

    /** To sleep and to be woken takes longer than an answer that is under way. */
    private static final long AWAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** A reader that cannot follow has lost its place anyway; usually nothing waits. */
    private static final int MOST_RECEIVED_BYTES = 4 << 20;

    /** What a message takes beside its payload, about. */
    private static final int MESSAGE_BYTES = 512;

    private final AtomicInteger receivedBytes = new AtomicInteger();
    private final AtomicBoolean isFlooded = new AtomicBoolean();
    private final BlockingQueue<DeliverySignal> signals = new LinkedBlockingQueue<>();

    /** Sends a signal; returns at once. */
    public void send(DeliverySignal signal) {
        int bytes = bytes(signal);
        if (bytes > 0 && receivedBytes.addAndGet(bytes) > MOST_RECEIVED_BYTES) {
            receivedBytes.addAndGet(-bytes);
            if (!isFlooded.getAndSet(true)) {
                LOG.warn("Other clients publish more than the bridge can read: some of it is lost");
            }
            return;
        }
        signals.add(signal);
    }

    /** The next signal; null if there is none. */
    DeliverySignal poll() {
        return taken(signals.poll());
    }

    private DeliverySignal taken(DeliverySignal signal) {
        int bytes = bytes(signal);
        if (bytes > 0 && receivedBytes.addAndGet(-bytes) == 0) {
            isFlooded.set(false);
        }
        return signal;
    }

    private static int bytes(DeliverySignal signal) {
        return signal instanceof DeliverySignal.Received received ? received.payload().length + MESSAGE_BYTES : 0;
    }

    /**
     * Waits for a signal.
     *
     * @param nanos how long at most, not negative
     * @param isAnswerDue whether the broker owes an answer, so that it is worth staying awake for a moment
     * @return null if none came
     */
    DeliverySignal await(long nanos, boolean isAnswerDue) throws InterruptedException {
        DeliverySignal next = poll();
        long begin = System.nanoTime();
        while (next == null && isAnswerDue && System.nanoTime() - begin < Math.min(nanos, AWAKE_NANOS)) {
            Thread.yield();
            next = poll();
        }
        return next != null ? next : taken(signals.poll(nanos, TimeUnit.NANOSECONDS));
    }
}
