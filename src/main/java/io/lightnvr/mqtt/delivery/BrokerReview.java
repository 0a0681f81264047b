package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.delivery.RetainedTopics.Rank;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.status.Diagnosis;
import io.lightnvr.mqtt.status.OpenFindings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a connection shows by the way: whether anybody listens to our announcements, and whether the broker's certificate
 * or our own ends soon. For the delivery thread alone; {@code nanos} are of a monotonic clock.
 *
 * <p>When a machine starts, the bridge is there before Home Assistant: that nobody listens is only said where it is still so
 * 5 minutes later, and asked again from then on until somebody does.
 */
public final class BrokerReview {

    private static final long ASK_NANOS = Duration.ofMinutes(5).toNanos();
    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();
    private static final String NOTHING = "";

    private final Optional<Discovery> discovery;
    private final RetainedTopics standing;
    private final OpenFindings findings;
    private final Supplier<Optional<Instant>> ownCertificateEnds;
    private final Clock clock;
    private Optional<ServerCertificate> certificate = Optional.empty();
    private long askDue = Long.MAX_VALUE;
    private long certificateDue = Long.MAX_VALUE;

    /**
     * @param discovery absent where Home Assistant is to be told nothing
     * @param ownCertificateEnds until when our own is valid, which is renewed while we run; nothing without one
     */
    public BrokerReview(
            Optional<Discovery> discovery,
            RetainedTopics standing,
            OpenFindings findings,
            Supplier<Optional<Instant>> ownCertificateEnds,
            Clock clock) {
        this.discovery = discovery;
        this.standing = standing;
        this.findings = findings;
        this.ownCertificateEnds = ownCertificateEnds;
        this.clock = clock;
    }

    /** @param shown absent without TLS */
    void connected(Optional<ServerCertificate> shown, long nanos) {
        certificate = shown;
        certificateDue = shown.isPresent() ? nanos : Long.MAX_VALUE;
    }

    /** The broker has taken a retained message. */
    void told(Topic topic, ReasonCode reason, long nanos) {
        if (discovery.isEmpty()) {
            return;
        }
        boolean asked = topic.equals(discovery.get().probeTopic());
        if (!asked && !discovery.get().owns(topic.name())) {
            return;
        }
        if (!reason.equals(ReasonCode.NO_SUBSCRIBERS)) {
            askDue = Long.MAX_VALUE;
            findings.are("audience", Optional.empty());
        } else if (asked || askDue == Long.MAX_VALUE) {
            askDue = nanos + ASK_NANOS;
            if (asked) {
                findings.are(
                        "audience",
                        Optional.of(Diagnosis.nobodyListens(discovery.get().discoveryPrefix())));
            }
        }
    }

    /** Does what is due. */
    void refresh(long nanos) {
        if (askDue != Long.MAX_VALUE && nanos - askDue >= 0) {
            askDue = nanos + ASK_NANOS;
            standing.say(
                    Rank.UNHURRIED, Message.retained(discovery.orElseThrow().probeTopic(), NOTHING));
        }
        if (certificateDue != Long.MAX_VALUE && nanos - certificateDue >= 0) {
            certificateDue = nanos + DAY_NANOS;
            Instant now = clock.instant();
            findings.are("certificate", certificate.flatMap(shown -> Diagnosis.certificate(shown, now)));
            findings.are(
                    "own certificate", ownCertificateEnds.get().flatMap(ends -> Diagnosis.ownCertificate(ends, now)));
        }
    }

    /** When {@link #refresh} must be called again at the latest. */
    long deadline() {
        return Math.min(askDue, certificateDue);
    }
}
