package io.lightnvr.mqtt.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in a file is a store. */
class SqliteStoreContractTest extends StoreContract {

    @TempDir
    private Path folder;

    private final List<Store> open = new ArrayList<>();

    @Override
    Store store(StoreLimits limits) {
        try {
            Store store = SqliteStore.open(folder, limits, clock);
            open.add(store);
            return store;
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        open.forEach(Store::close);
    }
}
