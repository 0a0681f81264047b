package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.store.Store;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the store when the wall clock leaps, since it keeps times over restarts: a small computer without a battery starts in the
 * past and leaps when the network is there. Looks every 10 s.
 */
final class ClockLeaps implements DeliveryPart {

    private static final Logger LOG = LoggerFactory.getLogger(ClockLeaps.class);
    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final WallTime wall;
    private final Store store;
    private Duration known = Duration.ZERO;
    private long lookAt;

    ClockLeaps(WallTime wall, Store store, long now) {
        this.wall = wall;
        this.store = store;
        this.lookAt = now;
    }

    @Override
    public void refresh(long now) {
        if (now - lookAt >= 0) {
            lookAt = now + EVERY_NANOS;
            look();
        }
    }

    private void look() {
        Duration offset = wall.offset();
        if (!offset.equals(known)) {
            Duration leap = offset.minus(known);
            LOG.info(
                    "The clock was set {} by {} s",
                    leap.isNegative() ? "back" : "forward",
                    leap.abs().toSeconds());
            known = offset;
            store.clockOffset(offset);
        }
    }

    @Override
    public OptionalLong waitNanos(long now) {
        return OptionalLong.of(lookAt - now);
    }
}
