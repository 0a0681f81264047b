package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Remembers which streams are in privacy mode, and for 30 s which were: the recorder's pictures come back after 22 s, and
 * go2rtc may give one that is 30 s old. A stream that is no longer listed keeps its mode. Thread-safe; times are
 * nanoseconds of a monotonic clock.
 */
final class PrivacyModes {

    private static final long AFTERWARDS_NANOS = Duration.ofSeconds(30).toNanos();

    /** The private streams, and when privacy ended. */
    private final Map<StreamName, OptionalLong> endedAt = new HashMap<>();

    /** Takes a list of the recorder. */
    synchronized void follow(Map<StreamName, StreamsAnswer.Listed> streams, long now) {
        endedAt.values().removeIf(ended -> isOver(ended, now));
        streams.forEach((stream, listed) -> {
            if (listed.isPrivate()) {
                endedAt.put(stream, OptionalLong.empty());
            } else {
                endedAt.computeIfPresent(stream, (name, ended) -> ended.isPresent() ? ended : OptionalLong.of(now));
            }
        });
    }

    /** Returns whether no picture of a stream may be shown. */
    synchronized boolean isPrivate(StreamName stream, long now) {
        OptionalLong ended = endedAt.get(stream);
        return ended != null && !isOver(ended, now);
    }

    private static boolean isOver(OptionalLong ended, long now) {
        return ended.isPresent() && now - ended.getAsLong() >= AFTERWARDS_NANOS;
    }
}
