package io.lightnvr.mqtt.store;

class MemoryStoreTest extends StoreContract {

    @Override
    Store store(StoreLimits limits) {
        return new MemoryStore(limits, clock);
    }
}
