package io.lightnvr.mqtt.delivery;

import static io.lightnvr.mqtt.delivery.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.store.SqliteStore;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delivery with a store in a file, which another program holds locked for a while. */
class DeliveryStoreTest {

    @TempDir
    private Path folder;

    @Test
    void deliversWhileNothingCanBeWrittenAndTriesTheDiskAgainByItself() throws Exception {
        DeliveryHarness bridge = new DeliveryHarness(20, true, this::store);
        bridge.list(DOOR);
        FakeConnection connection = bridge.settled();
        connection.answerAtOnce();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("lightnvr-mqtt.db"));
                Statement lock = other.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            bridge.detect(DOOR, "person");
        }

        assertThat(connection.events()).hasSize(1);
        assertThat(bridge.store.backlog().trouble().orElseThrow()).contains("Another program has locked");
        bridge.pass(Duration.ofSeconds(2));
        assertThat(bridge.store.backlog().trouble()).isEmpty();
        bridge.store.close();
        try (Store again = store(Clock.systemUTC())) {
            assertThat(again.backlog().waiting()).isZero();
        }
    }

    private Store store(Clock clock) {
        try {
            return SqliteStore.open(folder, DeliveryHarness.LIMITS, clock);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }
}
