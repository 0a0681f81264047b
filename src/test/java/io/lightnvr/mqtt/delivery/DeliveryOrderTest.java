package io.lightnvr.mqtt.delivery;

import static io.lightnvr.mqtt.delivery.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What goes first, how fast, and what is too old to go at all. */
class DeliveryOrderTest {

    private static final StreamName YARD = new StreamName("Back Yard");

    @Test
    void aPersonAtTheDoorNeverWaitsBehindYesterday() {
        DeliveryHarness bridge = new DeliveryHarness();
        for (int i = 0; i < 500; i++) {
            bridge.detect(YARD, "car");
        }
        bridge.pass(Duration.ofMinutes(1));
        bridge.detect(DOOR, "person");
        FakeConnection connection = bridge.connect();
        connection.answerAtOnce();

        bridge.work();

        assertThat(connection.events().get(0).topic()).hasToString("lightnvr/detections/front_door");
    }

    @Test
    void aPersonWhoComesWhileYesterdayIsSentGoesNext() {
        DeliveryHarness bridge = drainingYard(1_000);
        FakeConnection connection = bridge.connect();
        connection.answerAtOnce();
        bridge.pass(Duration.ofMillis(500));
        connection.sent.clear();

        bridge.detect(DOOR, "person");

        assertThat(connection.events())
                .extracting(message -> message.topic().name())
                .startsWith("lightnvr/detections/front_door");
    }

    @Test
    void heldBackEventsGoOutEvenlyAtTheDrainRate() {
        DeliveryHarness bridge = drainingYard(1_000);
        FakeConnection connection = bridge.connect();
        connection.answerAtOnce();
        bridge.work();
        int atOnce = connection.events().size();

        bridge.pass(Duration.ofMillis(500));
        int afterHalfASecond = connection.events().size();
        bridge.pass(Duration.ofMillis(1_500));

        assertThat(atOnce).isEqualTo(10);
        assertThat(afterHalfASecond).isBetween(250, 260);
        assertThat(connection.events()).hasSize(1_000);
        assertThat(connection.sequences()).isSorted();
    }

    @Test
    void heldBackEventsTakeNoTimeOfTheProcessorWhileThereIsNoConnection() {
        DeliveryHarness bridge = drainingYard(100);

        assertThat(bridge.wakesWithin(Duration.ofSeconds(1))).isLessThan(10);
    }

    @Test
    void messagesExpireWhenTheirEventsHaveWaitedTooLong() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.detect(DOOR, "person");
        bridge.pass(Duration.ofHours(1));

        FakeConnection connection = bridge.connect();

        assertThat(connection.sent)
                .filteredOn(sent -> sent.message().topic().name().contains("/front_door"))
                .hasSize(2)
                .allSatisfy(sent -> assertThat(sent.message().expiry().orElseThrow())
                        .isBetween(Duration.ofHours(23).minusMinutes(2), Duration.ofHours(23)));
    }

    @Test
    void anEventThatWasBeingSentWhenItGrewTooOldIsGivenUp() {
        DeliveryHarness bridge = new DeliveryHarness();
        bridge.detect(DOOR, "person");
        FakeConnection first = bridge.connect();
        first.lose(ReasonCode.SUCCESS);
        bridge.pass(Duration.ofHours(24));

        FakeConnection second = bridge.connect();

        assertThat(second.events()).isEmpty();
        assertThat(bridge.store.backlog().waiting()).isZero();
        assertThat(bridge.board.counts().givenUp()).isOne();
    }

    @Test
    void showsAfterARestartWhatWasThereBefore() {
        DeliveryHarness before = new DeliveryHarness();
        before.list(DOOR);
        before.settled().answerAtOnce();
        before.detect(DOOR, "person");
        before.pass(Duration.ofSeconds(1));

        DeliveryHarness after = new DeliveryHarness(20, true, clock -> before.store);
        FakeConnection connection = after.connect();

        assertThat(connection.newest("lightnvr/state/front_door"))
                .contains("\"person\":\"ON\"", "\"last_label\":\"person\"");
        assertThat(connection.newest("lightnvr/availability/front_door")).isEqualTo("offline");
        connection.answerAtOnce();
        after.work();
        after.pass(Duration.ofSeconds(30));
        assertThat(connection.newest("lightnvr/state/front_door"))
                .contains("\"person\":\"OFF\"", "\"last_label\":\"person\"");
    }

    @Test
    void showsAfterARestartWhatWasFoundTooLateToBeKept() {
        DeliveryHarness before = new DeliveryHarness();
        before.list(DOOR);
        before.settled().answerAtOnce();
        before.detect(DOOR, "car");
        before.find(DOOR, "person");

        DeliveryHarness after = new DeliveryHarness(20, true, clock -> before.store);

        assertThat(after.connect().newest("lightnvr/state/front_door")).contains("\"person\":\"ON\"", "\"car\":1");
    }

    private static DeliveryHarness drainingYard(int events) {
        DeliveryHarness bridge = new DeliveryHarness();
        for (int i = 0; i < events; i++) {
            bridge.find(YARD, "car");
        }
        bridge.pass(Duration.ofMinutes(1));
        return bridge;
    }
}
