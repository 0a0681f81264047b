package io.lightnvr.mqtt;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Credentials;
import io.lightnvr.mqtt.broker.Will;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.Secret;
import io.lightnvr.mqtt.event.DetectionFilter;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.lightnvr.RecorderAccess;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Unpacks the configuration into the words of each package, since none of them knows it. */
final class Settings {

    private Settings() {}

    static BrokerSettings broker(Configuration.Mqtt mqtt, String clientId, Optional<Will> will) {
        return new BrokerSettings(
                mqtt.brokerHost(),
                mqtt.brokerPort(),
                clientId,
                mqtt.username()
                        .map(user -> new Credentials(
                                user, mqtt.password().map(Secret::value).orElse(""))),
                mqtt.keepalive(),
                mqtt.tlsEnabled() ? Optional.of(new BrokerSettings.Tls(mqtt.tlsCaFile())) : Optional.empty(),
                will);
    }

    static RecorderAccess recorder(Configuration.Nvr nvr) {
        return new RecorderAccess(
                nvr.url(),
                nvr.username()
                        .map(user -> new RecorderAccess.Login(
                                user, nvr.password().map(Secret::value).orElse(""))),
                nvr.apiKey().map(Secret::value));
    }

    static DetectionFilter filter(Configuration.Detections detections) {
        return new DetectionFilter(
                detections.labels(),
                detections.minConfidence(),
                names(detections.streams()),
                names(detections.ignoreStreams()));
    }

    private static Set<StreamName> names(Set<String> raw) {
        return raw.stream().map(StreamName::new).collect(Collectors.toSet());
    }
}
