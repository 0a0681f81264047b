package io.lightnvr.mqtt.delivery;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Limits how fast delayed events go out. Brokers drop messages silently for subscribers that are too slow (Mosquitto queues
 * 1,000 for each), so an hour of waiting events must not come at once. They go in small groups, evenly. Not thread-safe; times
 * are nanoseconds of a monotonic clock.
 */
final class BacklogRate {

    private static final long GROUP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final long nanosPerEvent;
    private final int group;
    private long nextAt;
    private boolean exhausted;

    /**
     * @param perSecond how many events; 0 for no limit
     * @param now the first group may go now
     */
    BacklogRate(int perSecond, long now) {
        this.nanosPerEvent = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.group = perSecond == 0 ? Integer.MAX_VALUE : (int) Math.max(1, GROUP_NANOS / nanosPerEvent);
        this.nextAt = now;
    }

    /** How many delayed events may go now. */
    int allowance(long now) {
        if (now - nextAt >= 0) {
            return group;
        }
        exhausted = true;
        return 0;
    }

    /**
     * Counts delayed events that go now.
     *
     * @param allowed how many were allowed to
     */
    void sent(int events, int allowed, long now) {
        long from = now - nextAt >= 0 ? now : nextAt;
        nextAt = from + events * nanosPerEvent;
        exhausted = nanosPerEvent > 0 && events >= allowed;
    }

    /** How long until the next group may go; empty if no delayed event is known to wait. */
    OptionalLong waitNanos(long now) {
        return exhausted ? OptionalLong.of(nextAt - now) : OptionalLong.empty();
    }
}
