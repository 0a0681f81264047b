package io.lightnvr.mqtt.control;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Takes at most {@value #MOST} commands of a stream in any minute. Not thread-safe. */
public final class CommandRate {

    /** How many commands are taken in a minute. */
    public static final int MOST = 10;

    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Deque<Long> taken = new ArrayDeque<>();

    /**
     * Takes a command, or refuses it.
     *
     * @param now by a monotonic clock, in nanoseconds
     */
    public boolean takes(long now) {
        taken.removeIf(at -> now - at >= MINUTE_NANOS);
        return taken.size() < MOST && taken.add(now);
    }
}
