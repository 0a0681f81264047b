package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.source.Agreement;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Decides when a stream is polled next. Each poll costs the recorder about 1 ms and a line of its log. So a stream in which
 * something happened within a minute, and a new one, is polled once a second, and quiet ones every 2 to 5 s by their number: up
 * to ten of them together twice a second. The first poll only takes stock, so the second one follows soon. The third comes
 * at a phase of the stream's own: polls of many streams at one moment would wait for each other each time.
 *
 * <p>A stream whose detections are all heard before a poll finds them is polled every 30 s, whether it is quiet or not. It earns
 * that by its own last 20 detections or, as long as it has never failed, by those of the other streams. A detection that only a
 * poll finds takes it away for an hour. Thread-safe.
 */
final class PollInterval {

    private static final Duration SOON = Duration.ofMillis(250);
    private static final Duration ACTIVE = Duration.ofSeconds(1);
    private static final Duration QUIET_PER_STREAM = Duration.ofMillis(500);
    private static final Duration QUIET_SHORTEST = Duration.ofSeconds(2);
    private static final Duration QUIET_LONGEST = Duration.ofSeconds(5);
    private static final Duration HEARD = Duration.ofSeconds(30);
    /** From this poll on, streams that were found together are polled apart. */
    private static final int SPREAD = 3;

    private static final long STAYS_ACTIVE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long STAYS_UNTRUSTED_NANOS = Duration.ofHours(1).toNanos();

    private final HearingRecord allStreams;
    private final HearingRecord stream;
    private final double phase;
    private long activeUntil;
    private int polls;
    private OptionalLong failedAt = OptionalLong.empty();

    /**
     * The interval of a new stream.
     *
     * @param allStreams what was heard of all streams
     * @param phase the part of an interval by which the third poll follows the second, 0 to 1
     */
    PollInterval(HearingRecord allStreams, double phase, long nanoTime) {
        this.phase = phase;
        this.allStreams = allStreams;
        this.stream = new HearingRecord();
        detected(nanoTime);
    }

    /** Something was detected. */
    synchronized void detected(long nanoTime) {
        activeUntil = nanoTime + STAYS_ACTIVE_NANOS;
    }

    /** Takes how what was heard and what was read agreed since the last poll, while the recorder could be heard. */
    synchronized void compared(Agreement agreement, long nanoTime) {
        stream.confirmed(agreement.confirmed(), nanoTime);
        allStreams.confirmed(agreement.confirmed(), nanoTime);
        if (agreement.unheard() > 0) {
            failedAt = OptionalLong.of(nanoTime);
            stream.clear();
        }
    }

    /**
     * How long to wait before the next poll.
     *
     * @param streams how many streams are polled
     * @param isHearing whether what the recorder publishes arrives now
     */
    synchronized Duration next(long nanoTime, int streams, boolean isHearing) {
        polls = Math.min(polls + 1, SPREAD);
        if (polls == 1) {
            return SOON;
        }
        Duration usual = usual(nanoTime, streams, isHearing);
        return polls < SPREAD ? Duration.ofNanos((long) (usual.toNanos() * phase)) : usual;
    }

    private Duration usual(long nanoTime, int streams, boolean isHearing) {
        if (isHearing && isTrusted(nanoTime)) {
            return HEARD;
        }
        if (nanoTime - activeUntil < 0) {
            return ACTIVE;
        }
        Duration fair = QUIET_PER_STREAM.multipliedBy(streams);
        return fair.compareTo(QUIET_SHORTEST) < 0
                ? QUIET_SHORTEST
                : fair.compareTo(QUIET_LONGEST) > 0 ? QUIET_LONGEST : fair;
    }

    private boolean isTrusted(long nanoTime) {
        if (failedAt.isPresent()) {
            return nanoTime - failedAt.getAsLong() >= STAYS_UNTRUSTED_NANOS && stream.isProven(nanoTime);
        }
        return stream.isProven(nanoTime) || allStreams.isProven(nanoTime);
    }
}
