package io.lightnvr.mqtt.status;

import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.intake.PublisherClash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What both {@code check} and a running bridge may find, in the same words. */
public final class Diagnosis {

    public static final String RECORDER = "recorder";
    public static final String BROKER = "broker";
    public static final String HOME_ASSISTANT = "Home Assistant";

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofDays(14);

    private Diagnosis() {}

    /** @param ahead how far the recorder's clock is ahead of ours */
    public static Optional<Finding> clock(Duration ahead) {
        if (ahead.abs().compareTo(CLOCKS_DIFFER) <= 0) {
            return Optional.empty();
        }
        return Optional.of(Finding.warning(
                RECORDER,
                "its clock is " + ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of")
                        + " ours",
                "let both machines set their clocks by NTP: events bear the recorder's time"));
    }

    /** Whether a broker's certificate must be renewed within two weeks. */
    public static Optional<Finding> certificate(ServerCertificate shown, Instant now) {
        return shown.ends().isBefore(now.plus(SOON))
                ? Optional.of(Finding.warning(BROKER, shown + ", which is soon", "renew it at the broker"))
                : Optional.empty();
    }

    /** Whether our own certificate must be renewed within two weeks. */
    public static Optional<Finding> ownCertificate(Instant ends, Instant now) {
        return ends.isBefore(now.plus(SOON))
                ? Optional.of(Finding.warning(
                        BROKER,
                        "our own certificate (mqtt.tls_cert_file) is valid until " + ends + ", which is soon",
                        "renew it: afterwards the broker lets us in no more"))
                : Optional.empty();
    }

    /** The broker says that no client has subscribed to the topics of announcements. */
    public static Finding nobodyListens(String discoveryPrefix) {
        return Finding.warning(
                HOME_ASSISTANT,
                "nobody listens to " + discoveryPrefix + "/# at this broker",
                "start Home Assistant, add its MQTT integration with this broker, and switch discovery on there; or set"
                        + " home_assistant.discovery to false");
    }

    /** Where the recorder's own publisher is in our way. */
    public static List<Finding> publisher(PublisherClash clash) {
        Configuration.Mqtt mqtt = clash.mqtt();
        List<Finding> findings = new ArrayList<>();
        if (clash.sharesTopics()) {
            findings.add(Finding.warning(
                    RECORDER,
                    "publishes to " + mqtt.topicPrefix()
                            + "/detections itself, so every event comes twice where both use one broker",
                    "switch MQTT off in its settings, or give one of the two another topic_prefix"));
        }
        if (clash.announcesToo()) {
            findings.add(Finding.warning(
                    RECORDER,
                    "announces entities of its own to Home Assistant",
                    "switch its Home Assistant discovery off, or each camera is there twice"));
        }
        if (clash.sharesClientId()) {
            findings.add(Finding.warning(
                    RECORDER,
                    "uses the client id " + mqtt.clientId() + " at our broker",
                    "give one of the two another client_id; until then the bridge goes on as " + mqtt.clientId()
                            + "-bridge"));
        }
        return findings;
    }
}
