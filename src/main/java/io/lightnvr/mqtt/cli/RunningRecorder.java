package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.Bridge;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.RecorderEntry;
import io.lightnvr.mqtt.store.SqliteStore;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * A recorder with its store and its bridge.
 *
 * @param folder of its files
 * @param clock that of the store
 */
record RunningRecorder(
        RecorderEntry entry, Configuration configuration, Path folder, Store store, Bridge bridge, Clock clock)
        implements AutoCloseable {

    /**
     * Opens the store of a recorder that has a configuration, and wires its bridge.
     *
     * @param onError gets an internal error of its bridge
     * @throws StoreException if the store cannot be used
     * @throws ConfigurationException if an option names a group that does not exist
     */
    static RunningRecorder open(RecorderEntry entry, Path folder, Consumer<Throwable> onError)
            throws StoreException, ConfigurationException {
        Configuration configuration = entry.configuration().orElseThrow();
        Clock clock = Bridge.clock();
        Store store = SqliteStore.open(folder, Bridge.limits(configuration), clock);
        try {
            Bridge bridge = new Bridge(configuration, store, clock, onError);
            return new RunningRecorder(entry, configuration, folder, store, bridge, clock);
        } catch (ConfigurationException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    String name() {
        return entry.name();
    }

    /** Returns within 5 s. */
    @Override
    public void close() {
        try {
            bridge.close();
        } finally {
            store.close();
        }
    }
}
