package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Refusal;
import io.lightnvr.mqtt.status.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Findings about the recorder, in the same words for {@code check} and for a running bridge. */
public final class RecorderDiagnosis {

    /** The part of a check that looks at the recorder. */
    public static final String RECORDER = "recorder";

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private RecorderDiagnosis() {}

    /** @param ahead how far the recorder's clock is ahead of this machine's; negative if it is behind */
    public static Optional<Finding> clock(Duration ahead) {
        if (ahead.abs().compareTo(CLOCKS_DIFFER) <= 0) {
            return Optional.empty();
        }
        return Optional.of(Finding.warning(
                RECORDER,
                "its clock is " + ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of")
                        + " this machine's",
                "let both machines set their clocks by NTP: events bear the recorder's time"));
    }

    /**
     * Detections that only events told of.
     *
     * @param detections how many since the start
     * @param stream the last one
     */
    static Finding unconfirmed(int detections, StreamName stream) {
        return Finding.warning(
                RECORDER,
                "detections were heard that it does not have: " + detections + " since the start, the last of "
                        + stream,
                "let nobody but LightNVR write to its topics: see the ACL in docs/recipes/broker.md");
    }

    /** @param sentence what the broker refuses */
    static Finding hearingRefused(String sentence) {
        return Finding.warning(
                "broker", sentence, "allow it in the broker's ACL; until then detections wait for the next poll");
    }

    /** @param sentence what the broker refuses */
    static Finding presenceRefused(String sentence) {
        return Finding.warning(
                "broker",
                sentence,
                "allow it in the broker's ACL; until then it is noticed late that the recorder no longer publishes");
    }

    /** What the recorder refuses; {@link Refusal} says where its sentence, which names the remedy, is made. */
    public static Finding refusal(Refusal refusal) {
        return refusal.lost() == Refusal.Lost.DETECTIONS
                ? Finding.failed(RECORDER, refusal.sentence(), "")
                : Finding.warning(RECORDER, refusal.sentence(), "");
    }

    /** What the recorder's own publisher does to the bridge. */
    public static List<Finding> publisher(PublisherClash clash) {
        List<Finding> findings = new ArrayList<>();
        if (clash.sharesTopics()) {
            findings.add(Finding.warning(
                    RECORDER,
                    "publishes to " + clash.bridge().topicPrefix()
                            + "/detections itself, so every event comes twice if both use one broker",
                    "give LightNVR another topic prefix in its settings and set nvr.topic_prefix to it, or turn off its MQTT,"
                            + " which the bridge then cannot hear"));
        }
        if (clash.announcesToo()) {
            findings.add(Finding.warning(
                    RECORDER,
                    "announces its own entities to Home Assistant",
                    "turn off its Home Assistant discovery; otherwise Home Assistant shows each camera twice"));
        }
        if (clash.sharesClientId()) {
            String id = clash.bridge().clientId();
            findings.add(Finding.warning(
                    RECORDER,
                    "uses the client id " + id + " at the bridge's broker",
                    "give one of the two another client_id; until then the bridge connects as " + id + "-bridge"));
        }
        return findings;
    }
}
