package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.delivery.RetainedTopics.Rank;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.status.OpenFindings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Finds what a connection shows by the way: whether any client listens to the announcements, and whether the broker's
 * certificate or the bridge's ends soon. For the delivery thread alone; {@code now} is in nanoseconds of a monotonic clock.
 *
 * <p>When a machine starts, the bridge is there before Home Assistant. So that nobody listens is a finding only if it is still so
 * 5 minutes later; from then on it is checked again until somebody does.
 */
final class BrokerReview implements DeliveryPart {

    private static final long PROBE_NANOS = Duration.ofMinutes(5).toNanos();
    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();
    private static final String NOTHING = "";

    private final Optional<Discovery> discovery;
    private final RetainedTopics retained;
    private final OpenFindings findings;
    private final Supplier<Optional<Instant>> ownCertificateEnds;
    private final Clock wall;
    private Optional<ServerCertificate> certificate = Optional.empty();
    private OptionalLong probeAt = OptionalLong.empty();
    private OptionalLong certificatesAt = OptionalLong.empty();

    /**
     * @param discovery empty if Home Assistant gets no announcements
     * @param ownCertificateEnds until when the bridge's certificate is valid, which may be renewed meanwhile; empty if it has none
     * @param wall the wall clock, which certificates are held against
     */
    BrokerReview(
            Optional<Discovery> discovery,
            RetainedTopics retained,
            OpenFindings findings,
            Supplier<Optional<Instant>> ownCertificateEnds,
            Clock wall) {
        this.discovery = discovery;
        this.retained = retained;
        this.findings = findings;
        this.ownCertificateEnds = ownCertificateEnds;
        this.wall = wall;
    }

    @Override
    public void connected(DeliverySignal.Connected connection, long now) {
        certificate = connection.certificate();
        certificatesAt = certificate.isPresent() ? OptionalLong.of(now) : OptionalLong.empty();
    }

    @Override
    public void acknowledged(Message message, ReasonCode reason, long now) {
        discovery.ifPresent(devices -> announced(devices, message.topic(), reason, now));
    }

    private void announced(Discovery devices, Topic topic, ReasonCode reason, long now) {
        boolean isProbe = topic.equals(devices.probeTopic());
        if (!isProbe && !devices.owns(topic.name())) {
            return;
        }
        if (!reason.equals(ReasonCode.NO_SUBSCRIBERS)) {
            probeAt = OptionalLong.empty();
            findings.replace("audience", Optional.empty());
        } else if (isProbe || probeAt.isEmpty()) {
            probeAt = OptionalLong.of(now + PROBE_NANOS);
            if (isProbe) {
                findings.replace("audience", Optional.of(BrokerDiagnosis.nobodyListens(devices.discoveryPrefix())));
            }
        }
    }

    @Override
    public void refresh(long now) {
        if (isDue(probeAt, now)) {
            probeAt = OptionalLong.of(now + PROBE_NANOS);
            Topic probe = discovery.orElseThrow().probeTopic();
            retained.set(Rank.LAST, Message.retained(probe, NOTHING));
        }
        if (isDue(certificatesAt, now)) {
            certificatesAt = OptionalLong.of(now + DAY_NANOS);
            Instant today = wall.instant();
            findings.replace("certificate", certificate.flatMap(shown -> BrokerDiagnosis.certificate(shown, today)));
            findings.replace(
                    "own certificate",
                    ownCertificateEnds.get().flatMap(ends -> BrokerDiagnosis.ownCertificate(ends, today)));
        }
    }

    @Override
    public OptionalLong waitNanos(long now) {
        return Waits.shortest(wait(probeAt, now), wait(certificatesAt, now));
    }

    private static boolean isDue(OptionalLong at, long now) {
        return at.isPresent() && now - at.getAsLong() >= 0;
    }

    private static OptionalLong wait(OptionalLong at, long now) {
        return at.isPresent() ? OptionalLong.of(at.getAsLong() - now) : at;
    }
}
