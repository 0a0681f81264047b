package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.store.Store;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Tries a disk that takes nothing once a second, since nothing else writes while no event comes. What the store does meanwhile is in
 * {@code SqliteStore}.
 */
final class DiskRetry implements DeliveryPart {

    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Store store;
    private long retryAt;

    DiskRetry(Store store, long now) {
        this.store = store;
        this.retryAt = now;
    }

    @Override
    public void refresh(long now) {
        if (store.isInTrouble() && now - retryAt >= 0) {
            retryAt = now + EVERY_NANOS;
            store.flush();
        }
    }

    @Override
    public OptionalLong waitNanos(long now) {
        return store.isInTrouble() ? OptionalLong.of(retryAt - now) : OptionalLong.empty();
    }
}
