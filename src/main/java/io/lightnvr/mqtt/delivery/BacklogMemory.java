package io.lightnvr.mqtt.delivery;

/**
 * Has the JVM give back the memory of a long backlog once none of it waits. By itself the serial collector looks at old objects only when it
 * needs room.
 */
final class BacklogMemory {

    /** A shorter one is small beside the bridge itself. */
    private static final int LONG = 5_000;

    private final Runnable collection;
    private long most;

    /** @param collection collects what nobody uses, for some 20 ms */
    BacklogMemory(Runnable collection) {
        this.collection = collection;
    }

    /** Notes how many events wait now. */
    void waiting(long events) {
        most = Math.max(most, events);
        if (events == 0 && most >= LONG) {
            most = 0;
            collection.run();
        }
    }
}
