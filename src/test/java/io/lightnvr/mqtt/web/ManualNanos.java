package io.lightnvr.mqtt.web;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A monotonic clock that stands still until it is told to go. It begins shortly before it overflows, as a real one may. */
final class ManualNanos implements LongSupplier {

    private long now = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

    @Override
    public long getAsLong() {
        return now;
    }

    void advance(Duration time) {
        now += time.toNanos();
    }
}
