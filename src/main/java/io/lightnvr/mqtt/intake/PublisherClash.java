package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.source.lightnvr.NativePublisher;
import java.net.URI;
import java.util.Set;

/**
 * Where the recorder's own publisher and the bridge are in each other's way.
 *
 * @param publisher the recorder's
 * @param recorder where the recorder is
 * @param mqtt how we publish
 */
public record PublisherClash(NativePublisher publisher, URI recorder, Configuration.Mqtt mqtt) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    /** Whether every event comes twice, where both use one broker. */
    public boolean sharesTopics() {
        return publisher.enabled() && publisher.topicPrefix().equals(mqtt.topicPrefix());
    }

    /** Whether each throws the other out at our broker for ever. */
    public boolean sharesClientId() {
        return publisher.enabled() && publisher.clientId().equals(mqtt.clientId()) && isOurBroker();
    }

    /** Whether Home Assistant shows each camera twice. */
    public boolean announcesToo() {
        return publisher.enabled() && publisher.discovery();
    }

    private boolean isOurBroker() {
        String theirs = publisher.brokerHost();
        String ours = mqtt.brokerHostOrLocal();
        boolean sameHost = theirs.equalsIgnoreCase(ours)
                || LOOPBACK.contains(theirs) && (LOOPBACK.contains(ours) || ours.equalsIgnoreCase(recorder.getHost()));
        return sameHost && publisher.brokerPort() == mqtt.brokerPort();
    }
}
