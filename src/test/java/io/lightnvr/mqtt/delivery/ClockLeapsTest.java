package io.lightnvr.mqtt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.Store;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockLeapsTest {

    private final List<Duration> offsets = new ArrayList<>();
    private final DeliveryHarness bridge = new DeliveryHarness(20, true, clock -> {
        Store store = new MemoryStore(DeliveryHarness.LIMITS, clock);
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("clockOffset")) {
                        offsets.add((Duration) arguments[0]);
                    }
                    return method.invoke(store, arguments);
                });
    });

    @Test
    void tellsTheStoreOnceHowFarTheWallClockHasLeaped() {
        bridge.leap = Duration.ofDays(400);
        bridge.pass(Duration.ofSeconds(30));
        bridge.leap = Duration.ofDays(400).minusHours(1);
        bridge.pass(Duration.ofSeconds(30));

        assertThat(offsets)
                .containsExactly(Duration.ofDays(400), Duration.ofDays(400).minusHours(1));
    }

    @Test
    void takesADriftForNoLeap() {
        bridge.leap = Duration.ofMillis(1_500);

        bridge.pass(Duration.ofMinutes(10));

        assertThat(offsets).isEmpty();
    }
}
