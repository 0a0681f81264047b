package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.store.Store;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Tries a disk again that cannot be written, since nothing else writes while no event comes. What happens meanwhile is in {@code
 * LedgerFile}.
 */
final class DiskRetry implements DeliveryPart {

    private final Store store;

    DiskRetry(Store store) {
        this.store = store;
    }

    @Override
    public void refresh(long now) {
        if (store.untilRetry().filter(Duration::isZero).isPresent()) {
            store.flush();
        }
    }

    @Override
    public OptionalLong waitNanos(long now) {
        return store.untilRetry().stream().mapToLong(Duration::toNanos).findFirst();
    }
}
