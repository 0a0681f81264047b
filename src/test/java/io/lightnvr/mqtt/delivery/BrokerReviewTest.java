package io.lightnvr.mqtt.delivery;

import static io.lightnvr.mqtt.delivery.DeliveryHarness.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker.FakeConnection;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.status.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the bridge finds out about its broker by the way. */
class BrokerReviewTest {

    private static final String PROBE = "homeassistant/device/lightnvr_mqtt_check/config";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final DeliveryHarness bridge = new DeliveryHarness();

    @Test
    void saysThatNobodyListensToAnnouncementsOnlyWhenThatLasts() {
        FakeConnection connection = announcedTo(ReasonCode.NO_SUBSCRIBERS);
        bridge.answerAllWithin(connection, PATIENCE.minusSeconds(10), ReasonCode.NO_SUBSCRIBERS);
        assertThat(connection.topics()).doesNotContain(PROBE);
        assertThat(findings()).isEmpty();

        passAnswering(connection, ReasonCode.NO_SUBSCRIBERS);

        assertThat(findings()).containsExactly(BrokerDiagnosis.nobodyListens("homeassistant"));
    }

    @Test
    void asksUntilSomebodyListens() {
        FakeConnection connection = announcedTo(ReasonCode.NO_SUBSCRIBERS);
        passAnswering(connection, ReasonCode.NO_SUBSCRIBERS);
        connection.sent.clear();

        passAnswering(connection, ReasonCode.SUCCESS);

        assertThat(connection.topics()).contains(PROBE);
        assertThat(connection.sent.stream()
                        .filter(sent -> sent.message().topic().name().equals(PROBE)))
                .allSatisfy(sent -> assertThat(sent.message().payload()).isEmpty());
        assertThat(findings()).isEmpty();
    }

    @Test
    void asksNothingWhereSomebodyListens() {
        FakeConnection connection = announcedTo(ReasonCode.SUCCESS);

        passAnswering(connection, ReasonCode.NO_SUBSCRIBERS);

        assertThat(connection.topics()).doesNotContain(PROBE);
        assertThat(findings()).isEmpty();
    }

    @Test
    void asksNothingAfterHomeAssistantHasStarted() {
        FakeConnection connection = announcedTo(ReasonCode.NO_SUBSCRIBERS);
        connection.say("homeassistant/status", "online", false);
        bridge.work();
        bridge.answerAllWithin(connection, Duration.ofSeconds(4));

        passAnswering(connection, ReasonCode.NO_SUBSCRIBERS);

        assertThat(connection.topics()).doesNotContain(PROBE);
    }

    @Test
    void saysThatTheCertificateEndsSoonWhenThatTimeComes() {
        ServerCertificate certificate = new ServerCertificate(
                "CN=broker", "CN=our-ca", DeliveryHarness.START.plus(Duration.ofDays(15)), List.of("broker"));
        bridge.broker.newest().accept(Limits.unlimited(), Optional.of(certificate));
        bridge.work();
        assertThat(findings()).isEmpty();

        FakeConnection connection = bridge.broker.newest();
        connection.answerAtOnce();
        bridge.answerAll(connection);
        bridge.pass(Duration.ofDays(2));

        assertThat(findings())
                .containsExactly(
                        BrokerDiagnosis.certificate(certificate, bridge.now()).orElseThrow());
    }

    @Test
    void saysThatOurOwnCertificateEndsSoonUntilItIsRenewed() {
        ServerCertificate certificate = new ServerCertificate(
                "CN=broker", "CN=our-ca", DeliveryHarness.START.plus(Duration.ofDays(99)), List.of("broker"));
        Instant ends = DeliveryHarness.START.plus(Duration.ofDays(10));
        bridge.ownCertificateEnds = Optional.of(ends);
        bridge.broker.newest().accept(Limits.unlimited(), Optional.of(certificate));
        bridge.work();
        assertThat(findings())
                .containsExactly(
                        BrokerDiagnosis.ownCertificate(ends, bridge.now()).orElseThrow());

        FakeConnection connection = bridge.broker.newest();
        connection.answerAtOnce();
        bridge.answerAll(connection);
        bridge.ownCertificateEnds = Optional.of(ends.plus(Duration.ofDays(365)));
        bridge.pass(Duration.ofDays(1));

        assertThat(findings()).isEmpty();
    }

    private List<Finding> findings() {
        return bridge.board.counts().findings();
    }

    /** A connection on which the devices were announced and all was answered. */
    private FakeConnection announcedTo(ReasonCode reason) {
        bridge.list(DOOR);
        FakeConnection connection = bridge.connect();
        bridge.answerAll(connection, reason);
        return connection;
    }

    /** Lets the time pass until it is asked again. */
    private void passAnswering(FakeConnection connection, ReasonCode reason) {
        bridge.answerAllWithin(connection, PATIENCE.plusSeconds(1), reason);
    }
}
