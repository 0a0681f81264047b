package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.source.NativePublisher;
import java.net.URI;
import java.util.Set;

/**
 * How the recorder's own publisher and the bridge interfere.
 *
 * @param publisher the recorder's
 * @param recorder where the recorder is
 * @param bridge how the bridge publishes
 */
public record PublisherClash(NativePublisher publisher, URI recorder, BridgePublisher bridge) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    /** How the bridge publishes. */
    public record BridgePublisher(String topicPrefix, String clientId, String brokerHost, int brokerPort) {}

    /** Whether every event comes twice, if both use one broker. */
    public boolean sharesTopics() {
        return publisher.enabled() && publisher.topicPrefix().equals(bridge.topicPrefix());
    }

    /** Whether each ends the other's connection at the bridge's broker, for ever. */
    public boolean sharesClientId() {
        return publisher.enabled() && publisher.clientId().equals(bridge.clientId()) && isSameBroker();
    }

    /** Whether Home Assistant shows each camera twice. */
    public boolean announcesToo() {
        return publisher.enabled() && publisher.discovery();
    }

    private boolean isSameBroker() {
        String theirs = publisher.brokerHost();
        String own = bridge.brokerHost();
        boolean sameHost = theirs.equalsIgnoreCase(own)
                || LOOPBACK.contains(theirs) && (LOOPBACK.contains(own) || own.equalsIgnoreCase(recorder.getHost()));
        return sameHost && publisher.brokerPort() == bridge.brokerPort();
    }
}
