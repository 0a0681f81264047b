package io.lightnvr.mqtt.delivery;

import java.util.concurrent.TimeUnit;

/**
 * How fast held-back events go out. Brokers drop without a word for subscribers that are too slow (Mosquitto queues 1,000
 * messages for each), so an hour of waiting events must not come at once. They go in small groups, evenly. Times are of a
 * monotonic clock, in nanoseconds.
 */
public final class BacklogRate {

    private static final long GROUP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final long nanosPerEvent;
    private final int group;
    private long free;
    private boolean exhausted;

    /**
     * @param perSecond how many; 0 for no limit
     * @param now the first may go now
     */
    public BacklogRate(int perSecond, long now) {
        this.nanosPerEvent = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.group = perSecond == 0 ? Integer.MAX_VALUE : (int) Math.max(1, GROUP_NANOS / nanosPerEvent);
        this.free = now;
    }

    /** How many may go now. */
    int allowance(long now) {
        return now - free >= 0 ? group : 0;
    }

    /**
     * So many went.
     *
     * @param allowed how many were allowed to
     */
    void went(int events, int allowed, long now) {
        free = Math.max(free, now) + events * nanosPerEvent;
        exhausted = nanosPerEvent > 0 && events >= allowed;
    }

    /** When more may go; never where none are known to wait. */
    long deadline() {
        return exhausted ? free : Long.MAX_VALUE;
    }
}
