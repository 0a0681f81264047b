package io.lightnvr.mqtt.it.chaos;

import java.time.Duration;

/**
 * A fault of a round.
 *
 * @param at when it begins, from the beginning of the round
 * @param lasts how long
 */
record Fault(Kind kind, Duration at, Duration lasts) {

    private static final Duration CALM = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(15);
    private static final Duration REFUSED_BACKOFF = Duration.ofSeconds(60);

    Duration end() {
        return at.plus(lasts);
    }

    /** Whether another one comes so soon before or after this one that the two must not be in one round. */
    boolean disturbs(Fault other) {
        return kind.excludes(other.kind)
                && at.compareTo(other.end().plus(other.calmBefore(kind))) < 0
                && other.at.compareTo(end().plus(calmBefore(other.kind))) < 0;
    }

    /**
     * How long it must be calm between this one and one that must not come at the same time: as long as the bridge may
     * wait before it tries again, which is as long as the fault lasted, or a minute after a refused login, and a little
     * more, for something to happen. Where a clock is set, there must be time for a look at each stream.
     */
    Duration calmBefore(Kind next) {
        return (kind.isClock() || next.isClock() ? LOOK : CALM).plus(backoff());
    }

    private Duration backoff() {
        if (kind.isClock()) {
            return Duration.ZERO;
        } else if (kind == Kind.BROKER_LOGIN) {
            return REFUSED_BACKOFF;
        }
        return lasts.compareTo(LONGEST_BACKOFF) < 0 ? lasts : LONGEST_BACKOFF;
    }

    @Override
    public String toString() {
        return "%s at %.1f s for %.1f s".formatted(kind, at.toMillis() / 1e3, lasts.toMillis() / 1e3);
    }
}
