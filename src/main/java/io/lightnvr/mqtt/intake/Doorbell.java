package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.source.Agreement;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The message that LightNVR publishes on its own topic of a stream, in its old form: it says when to poll, and the rows say what.
 * It is late by up to 10 s while the recorder waits for a picture. Thread-safe; times are nanoseconds of a monotonic clock.
 */
final class Doorbell {

    /** The recorder waits 10 s for a picture, at most. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(12).toNanos();

    private static final long USED_NANOS = Duration.ofDays(1).toNanos();

    private OptionalLong rungAt = OptionalLong.empty();
    private OptionalLong foundAt = OptionalLong.empty();
    private int waiting;
    private int confirmed;

    /** It rings. */
    synchronized void ring(long now) {
        rungAt = OptionalLong.of(now);
        confirmed += waiting;
        waiting = 0;
    }

    /** A poll has found new detections, of which it should ring, or has just rung. */
    synchronized void found(int detections, long now) {
        if (isRecent(rungAt, PATIENCE_NANOS, now)) {
            confirmed += detections;
        } else if (detections > 0) {
            foundAt = waiting == 0 ? OptionalLong.of(now) : foundAt;
            waiting += detections;
        }
    }

    /** Whether it has rung within a day. */
    synchronized boolean isUsed(long now) {
        return isRecent(rungAt, USED_NANOS, now);
    }

    /** Returns of how many detections it rang, and of how many it did not, since the last call. */
    synchronized Agreement take(long now) {
        int unheard = isRecent(foundAt, PATIENCE_NANOS, now) ? 0 : waiting;
        waiting -= unheard;
        Agreement agreement = new Agreement(confirmed, unheard, 0);
        confirmed = 0;
        return agreement;
    }

    private static boolean isRecent(OptionalLong time, long within, long now) {
        return time.isPresent() && now - time.getAsLong() < within;
    }
}
