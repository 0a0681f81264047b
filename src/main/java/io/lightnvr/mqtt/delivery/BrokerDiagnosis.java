package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.status.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Findings about the broker and whoever listens at it, in the same words for {@code check} and for a running bridge. */
public final class BrokerDiagnosis {

    /** The part of a check that looks at the broker. */
    public static final String BROKER = "broker";

    /** The part of a check that looks at Home Assistant. */
    public static final String HOME_ASSISTANT = "Home Assistant";

    private static final Duration SOON = Duration.ofDays(14);

    private BrokerDiagnosis() {}

    /** A warning if a broker's certificate ends within two weeks. */
    public static Optional<Finding> certificate(ServerCertificate shown, Instant now) {
        return shown.ends().isBefore(now.plus(SOON))
                ? Optional.of(Finding.warning(BROKER, shown + ", which is soon", "renew it at the broker"))
                : Optional.empty();
    }

    /** A warning if the bridge's certificate ends within two weeks. */
    public static Optional<Finding> ownCertificate(Instant ends, Instant now) {
        return ends.isBefore(now.plus(SOON))
                ? Optional.of(Finding.warning(
                        BROKER,
                        "the bridge's certificate (mqtt.tls_cert_file) is valid until " + ends + ", which is soon",
                        "renew it; afterwards the broker refuses the bridge"))
                : Optional.empty();
    }

    /** Another client publishes on a topic that is the bridge's alone. */
    static Finding othersPublish(Topic topic) {
        return Finding.warning(
                BROKER,
                "another client publishes on " + topic + ", where only this bridge does; it is set right",
                "find out who; two bridges with one topic prefix do that: give each its own mqtt.topic_prefix");
    }

    /** The broker shows what it keeps to subscriptions of whole topics alone. */
    public static Finding hidesFromWildcards() {
        return Finding.warning(
                BROKER,
                "shows nothing that it keeps to subscriptions with wildcards (RabbitMQ), as Home Assistant's for devices are",
                "the bridge announces its devices with each connection and each start of Home Assistant; other clients subscribe to"
                        + " whole topics, or wait for the next change");
    }

    /** @param use what the bridge does not do without it */
    static Finding refusedSubscription(String topicFilter, ReasonCode reason, String use) {
        return Finding.warning(
                BROKER,
                "refuses the subscription to " + topicFilter + ": " + reason + "; " + use,
                reason.equals(ReasonCode.NO_WILDCARDS)
                        ? "allow wildcards on the broker; Home Assistant needs them as well"
                        : "give this user read access to " + topicFilter + " (Mosquitto: acl_file)");
    }

    /** The broker reports that no client subscribes to the topics of announcements. */
    public static Finding nobodyListens(String discoveryPrefix) {
        return Finding.warning(
                HOME_ASSISTANT,
                "nobody listens to " + discoveryPrefix + "/# at this broker",
                "start Home Assistant, add its MQTT integration with this broker, and turn on discovery there; or set"
                        + " home_assistant.discovery to false");
    }
}
