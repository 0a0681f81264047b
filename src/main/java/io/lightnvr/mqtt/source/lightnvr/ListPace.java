package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Decides how soon to list the streams again, since nothing but a list shows that a stream went up or down. Each costs the
 * recorder 0.2 to 1.4 ms and up to 600 bytes of its log. So it is asked every 3 s in the minute after a change, a restart or
 * a silence, and for 10 minutes while an enabled stream is down; otherwise every 10 s with a login, and every 30 s without
 * one. For one thread at a time; times are nanoseconds of a monotonic clock.
 */
final class ListPace {

    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration OFTEN = Duration.ofSeconds(10);
    private static final Duration RARELY = Duration.ofSeconds(30);
    private static final long SETTLES_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long STAYS_DOWN_NANOS = Duration.ofMinutes(10).toNanos();

    private Set<StreamName> online = Set.of();
    private OptionalLong uptime = OptionalLong.empty();
    private long changedAt;

    ListPace(long now) {
        this.changedAt = now;
    }

    /** The recorder did not answer. */
    void failed(long now) {
        changedAt = now;
    }

    /**
     * Takes what a list shows.
     *
     * @param upSeconds the recorder's uptime
     * @param isAnyDown whether a stream that should be up is not
     * @param often whether to ask often even if nothing happens
     * @return how long to wait before the next list
     */
    Duration next(Set<StreamName> nowOnline, OptionalLong upSeconds, boolean isAnyDown, boolean often, long now) {
        boolean isRestarted = uptime.isPresent() && upSeconds.isPresent() && upSeconds.getAsLong() < uptime.getAsLong();
        if (isRestarted || !nowOnline.equals(online)) {
            changedAt = now;
        }
        online = Set.copyOf(nowOnline);
        uptime = upSeconds;
        if (now - changedAt < (isAnyDown ? STAYS_DOWN_NANOS : SETTLES_NANOS)) {
            return SOON;
        }
        return often || isAnyDown ? OFTEN : RARELY;
    }
}
