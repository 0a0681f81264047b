package io.lightnvr.mqtt.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a user can choose; {@link ConfigurationReader} makes it. Ranges are those of {@link Options}.
 *
 * @param nvr the recorder, absent where the file does not say where it is
 */
public record Configuration(
        Optional<Nvr> nvr,
        Mqtt mqtt,
        HomeAssistant homeAssistant,
        Detections detections,
        Outbox outbox,
        CatchUp catchUp,
        LogLevel logLevel) {

    /**
     * The recorder, for what cannot do without.
     *
     * @throws ConfigurationException when nobody said where it is
     */
    public Nvr requireNvr() throws ConfigurationException {
        return nvr.orElseThrow(() -> new ConfigurationException(Problem.of(
                Options.NVR_URL.key(),
                "is missing",
                "give the recorder's address there, such as http://192.168.1.20:8080")));
    }

    /** The same with another broker. */
    public Configuration withBroker(String host, int port) {
        Mqtt other = new Mqtt(
                mqtt.enabled,
                Optional.of(host),
                port,
                mqtt.username,
                mqtt.password,
                mqtt.clientId,
                mqtt.topicPrefix,
                mqtt.tlsEnabled,
                mqtt.keepalive,
                mqtt.qos,
                mqtt.retain,
                mqtt.tlsCaFile,
                mqtt.tlsCertFile,
                mqtt.tlsKeyFile,
                mqtt.tlsKeyPassword,
                mqtt.maxInflight);
        return new Configuration(nvr, other, homeAssistant, detections, outbox, catchUp, logLevel);
    }

    /**
     * The recorder. An API key beats user and password; both are kept.
     *
     * @param url http or https, with a host, without login, query, fragment and trailing slash
     * @param username present if and only if {@code password} is
     */
    public record Nvr(URI url, Optional<String> username, Optional<Secret> password, Optional<Secret> apiKey) {

        public Nvr {
            if (username.isPresent() != password.isPresent()) {
                throw new IllegalArgumentException("The recorder's login needs a user and a password");
            }
        }
    }

    /**
     * The broker and how to speak with it.
     *
     * @param enabled whether the bridge is to do anything at all
     * @param brokerHost name or address, IPv6 without brackets; absent where nobody named one
     * @param username may stand without a password, never the other way round
     * @param topicPrefix what all topics start with, without a slash at an end
     * @param keepalive whole seconds; zero means never
     * @param qos 0, 1 or 2
     * @param retain whether the broker keeps each stream's last detection event
     * @param tlsCaFile absolute; the certificates to trust instead of the system's
     * @param tlsCertFile absolute; the certificate that says who we are, and those that lead to its authority
     * @param tlsKeyFile absolute; its private key; with TLS present if and only if {@code tlsCertFile} is
     * @param maxInflight how many messages may wait for their acknowledgement at once
     */
    public record Mqtt(
            boolean enabled,
            Optional<String> brokerHost,
            int brokerPort,
            Optional<String> username,
            Optional<Secret> password,
            String clientId,
            String topicPrefix,
            boolean tlsEnabled,
            Duration keepalive,
            int qos,
            boolean retain,
            Optional<Path> tlsCaFile,
            Optional<Path> tlsCertFile,
            Optional<Path> tlsKeyFile,
            Optional<Secret> tlsKeyPassword,
            int maxInflight) {

        public Mqtt {
            if (password.isPresent() && username.isEmpty()) {
                throw new IllegalArgumentException("The broker's password needs a user");
            }
        }

        /** The broker's host where nothing else knows of one either. */
        public String brokerHostOrLocal() {
            return brokerHost.orElse("localhost");
        }
    }

    /**
     * What Home Assistant gets to see.
     *
     * @param discovery whether devices are announced
     * @param birthTopic where Home Assistant says that it has started
     * @param instanceId what tells this bridge's devices from another's, {@code [a-zA-Z0-9_-]+}
     * @param clearAfter how long a detection shows after it was last seen, whole seconds
     * @param groups the labels of each group, most important first; empty for the usual groups
     * @param groupClearAfter {@code clearAfter} of those groups that have one of their own
     * @param images whether pictures of detections are fetched from the recorder
     * @param forgetAfter how long a stream must be missing until its device is removed, whole seconds; zero for never
     */
    public record HomeAssistant(
            boolean discovery,
            String discoveryPrefix,
            String birthTopic,
            String instanceId,
            Duration clearAfter,
            Map<String, Set<String>> groups,
            Map<String, Duration> groupClearAfter,
            boolean images,
            Duration forgetAfter) {}

    /**
     * Which detections are wanted.
     *
     * @param labels only these, upper or lower case alike; empty means all
     * @param minConfidence 0 to 1, inclusive
     * @param streams only these, by raw name; empty means all
     * @param ignoreStreams these not, even if named in {@code streams}
     */
    public record Detections(Set<String> labels, float minConfidence, Set<String> streams, Set<String> ignoreStreams) {

        public Detections {
            labels = inOrder(labels);
            streams = inOrder(streams);
            ignoreStreams = inOrder(ignoreStreams);
        }

        private static Set<String> inOrder(Set<String> texts) {
            return Collections.unmodifiableSet(new LinkedHashSet<>(texts));
        }
    }

    /**
     * What waits for the broker.
     *
     * @param maxEvents how many events, at least 1
     * @param maxAge for how long, whole seconds
     * @param drainRate how many that are not fresh any more are sent in a second; 0 means as many as the broker takes
     */
    public record Outbox(int maxEvents, Duration maxAge, int drainRate) {}

    /**
     * What is fetched from the recorder after a time without a look.
     *
     * @param maxAge how far back, whole seconds; zero means not at all
     */
    public record CatchUp(Duration maxAge) {}
}
