package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.status.OpenFindings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells which subscriptions the broker refuses, and what the bridge does not do without them. It goes on with the others. For the
 * delivery thread alone.
 */
final class RefusedSubscriptions implements DeliveryPart {

    private final Map<String, String> uses = new TreeMap<>();
    private final OpenFindings findings;

    /** @param settings with the topics of the bridge */
    RefusedSubscriptions(DeliverySettings settings, OpenFindings findings) {
        this.findings = findings;
        TopicLayout topics = settings.topics();
        topics.current().forEach(filter -> uses.put(filter, "what other clients write there is not set right"));
        topics.alertCommands().forEach(filter -> uses.put(filter, "nobody can change alerts by it"));
        uses.put(topics.controls(), uses.get(topics.availability().name()));
        topics.commands().forEach(filter -> uses.put(filter, "nobody can tell the recorder anything by it"));
        uses.put(Subscriptions.markerFilter(topics), "all devices are announced again at each connection");
        uses.put(topics.bridgeState().name(), "another bridge with the same topic prefix is not noticed");
        uses.put(topics.announce().name(), "the button Re-announce does nothing");
        uses.put(settings.birthTopic(), "devices are not announced again when Home Assistant starts");
        settings.discovery()
                .ifPresent(devices -> uses.put(
                        devices.bridgeTopic().name(), "another bridge with the same instance id is not noticed"));
    }

    /** An accepted one resolves its finding, so findings outlast a lost connection. */
    @Override
    public void subscribed(String topicFilter, ReasonCode reason) {
        String use = uses.getOrDefault(topicFilter, "what the recorder publishes there does not say when to read");
        findings.replace(
                "subscription " + topicFilter,
                reason.isRefusal()
                        ? Optional.of(BrokerDiagnosis.refusedSubscription(topicFilter, reason, use))
                        : Optional.empty());
    }
}
