package io.lightnvr.mqtt.store;

class MemoryOutboxTest extends OutboxContract {

    @Override
    Outbox outbox(int maxEvents) {
        return new MemoryOutbox(maxEvents);
    }
}
