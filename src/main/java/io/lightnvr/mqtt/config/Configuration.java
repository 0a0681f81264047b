package io.lightnvr.mqtt.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds everything that a user can choose, and declares each option exactly once: an option is a component.
 *
 * <ul>
 *   <li>Its name is the key: {@code tlsCaFile} of {@code mqtt} is {@code mqtt.tls_ca_file}.
 *   <li>Its type, with {@link Range} or {@link Format}, is the rule for its value.
 *   <li>{@link DefaultValue} is its default. Without one it is an {@link Optional}, a set or a map, or
 *       {@link ConfigurationBuilder} derives it from other options.
 * </ul>
 *
 * <p>To add an option, add a component and its consumer, a row to the table of {@code docs/configuration.md} and, if the add-on's
 * form shows it, a line to {@code config.yaml} and a text to each file of {@code translations}. {@code OptionFilesTest}
 * names the file that lacks it.
 *
 * @param nvr absent if no recorder is configured
 */
public record Configuration(
        Optional<Nvr> nvr,
        Mqtt mqtt,
        HomeAssistant homeAssistant,
        Detections detections,
        Outbox outbox,
        CatchUp catchUp,
        Visits visits,
        Web web,
        @DefaultValue("info") LogLevel logLevel) {

    /**
     * The recorder, for commands that need one.
     *
     * @throws ConfigurationException if no recorder is configured
     */
    public Nvr requireNvr() throws ConfigurationException {
        return nvr.orElseThrow(() -> new ConfigurationException(Problem.of(
                "nvr.url", "is missing", "set it to the recorder's address, such as http://192.168.1.20:8080")));
    }

    /**
     * The same with other values of some options.
     *
     * @param options values by key, as in a file
     * @throws ConfigurationException with all problems of these
     * @throws IllegalArgumentException if a key is not an option's
     */
    public Configuration with(Map<String, String> options) throws ConfigurationException {
        return OptionRecords.with(this, options);
    }

    /**
     * The recorder. If both an API key and a login are set, the API key is used.
     *
     * @param name by which people tell it from others, unique in the process: {@code [a-z0-9_]}
     * @param url http or https, with a host, without login, query, fragment and trailing slash
     * @param username present if and only if {@code password} is
     * @param topicPrefix of what the recorder itself publishes, without a slash at either end
     * @param eventsBroker the URL of the broker to which the recorder publishes; absent if it is the bridge's own
     * @param publicUrl by which people open the recorder's pages, like {@code url}; absent if it is {@code url}
     * @param controls whether those who may write to the broker may tell the recorder what to do
     */
    public record Nvr(
            @DefaultValue(UNNAMED) @Format(TextFormat.RECORDER_NAME)
            String name,

            URI url,
            @Format(TextFormat.PLAIN) Optional<String> username,
            @Format(TextFormat.PASSWORD) Optional<Secret> password,
            @Format(TextFormat.API_KEY) Optional<Secret> apiKey,

            @DefaultValue("lightnvr") @Format(TextFormat.TOPIC_PREFIX)
            String topicPrefix,

            @Format(TextFormat.BROKER_URL) Optional<Secret> eventsBroker,
            Optional<URI> publicUrl,
            @DefaultValue("false") boolean controls) {

        /** The name of one that has none of its own. */
        public static final String UNNAMED = "nvr";

        public Nvr {
            if (username.isPresent() != password.isPresent()) {
                throw new IllegalArgumentException("The recorder's login needs a user and a password");
            }
        }

        /** The name, if a user has given it one. */
        public Optional<String> givenName() {
            return Optional.of(name).filter(given -> !given.equals(UNNAMED));
        }
    }

    /**
     * The broker and the connection to it.
     *
     * @param enabled whether the bridge runs at all
     * @param brokerHost name or address, IPv6 without brackets; absent if none is configured
     * @param brokerPort 1883 by default, 8883 with TLS
     * @param username allowed without a password, but not the reverse
     * @param topicPrefix without a slash at either end
     * @param keepalive in whole seconds; zero disables it
     * @param retain whether the broker keeps the last detection event of each stream
     * @param tlsCaFile absolute; the certificates to trust instead of the system's
     * @param tlsCertFile absolute; the client certificate, followed by those that lead to its authority
     * @param tlsKeyFile absolute; the private key, with TLS present if and only if {@code tlsCertFile} is
     * @param maxInflight the limit of unacknowledged messages
     */
    public record Mqtt(
            @DefaultValue("true") boolean enabled,
            @Format(TextFormat.HOST) Optional<String> brokerHost,
            @Range(min = 1, max = 65_535) int brokerPort,
            @Format(TextFormat.PLAIN) Optional<String> username,
            @Format(TextFormat.PASSWORD) Optional<Secret> password,

            @DefaultValue("lightnvr-mqtt") @Format(TextFormat.CLIENT_ID)
            String clientId,

            @DefaultValue("lightnvr") @Format(TextFormat.TOPIC_PREFIX)
            String topicPrefix,

            @DefaultValue("false") boolean tlsEnabled,

            @DefaultValue("60s") @Range(min = 0, max = 65_535)
            Duration keepalive,

            @DefaultValue("1") @Range(min = 0, max = 2) int qos,
            @DefaultValue("false") boolean retain,
            Optional<Path> tlsCaFile,
            Optional<Path> tlsCertFile,
            Optional<Path> tlsKeyFile,
            @Format(TextFormat.PASSWORD) Optional<Secret> tlsKeyPassword,
            @DefaultValue("20") @Range(min = 1, max = 1_000) int maxInflight) {

        public Mqtt {
            if (password.isPresent() && username.isEmpty()) {
                throw new IllegalArgumentException("The broker's password needs a user");
            }
        }

        /** The broker's host, or {@code localhost} if none is configured. */
        public String brokerHostOrLocal() {
            return brokerHost.orElse("localhost");
        }
    }

    /**
     * The devices and states for Home Assistant.
     *
     * @param discovery whether devices are announced
     * @param birthTopic the topic of Home Assistant's birth message
     * @param instanceId the unique prefix of this bridge's ids, by default derived from {@code mqtt.topic_prefix}
     * @param clearAfter how long a detection shows after it was last seen
     * @param groups the labels of each group, most important first; empty for the standard groups
     * @param zoneGroups the groups that each zone has entities for
     * @param groupClearAfter {@code clearAfter} of single groups
     * @param images whether snapshots of detections are published
     * @param snapshots how often a still of each stream is published; zero for never
     * @param forgetAfter how long a stream must be missing before its device is removed; zero for never
     */
    public record HomeAssistant(
            @DefaultValue("true") boolean discovery,

            @DefaultValue("homeassistant") @Format(TextFormat.TOPIC_PREFIX)
            String discoveryPrefix,

            @DefaultValue("homeassistant/status") @Format(TextFormat.TOPIC)
            String birthTopic,

            @Format(TextFormat.ID) String instanceId,

            @DefaultValue("30s") @Range(min = 1, max = 86_400)
            Duration clearAfter,

            Map<String, Set<String>> groups,
            Set<String> zoneGroups,
            @Range(min = 1, max = 86_400) Map<String, Duration> groupClearAfter,
            @DefaultValue("false") boolean images,

            @DefaultValue("off") @Range(min = 10, max = 3_600, orOff = true)
            Duration snapshots,

            @DefaultValue("10m") @Range(min = 0, max = 2_592_000)
            Duration forgetAfter) {}

    /**
     * The detections that are published.
     *
     * @param labels only these, ignoring case; empty for all
     * @param minConfidence inclusive
     * @param streams only these, by raw name; empty for all
     * @param ignoreStreams not these, even if {@code streams} names them
     */
    public record Detections(
            Set<String> labels,
            @DefaultValue("0") @Range(min = 0, max = 1) float minConfidence,
            Set<String> streams,
            Set<String> ignoreStreams) {}

    /**
     * The limits of the events that wait for the broker.
     *
     * @param drainRate delayed events per second; zero for no limit
     */
    public record Outbox(
            @DefaultValue("100000") @Range(min = 1, max = 1_000_000)
            int maxEvents,

            @DefaultValue("24h") @Range(min = 60, max = 2_592_000)
            Duration maxAge,

            @DefaultValue("500") @Range(min = 0, max = 100_000)
            int drainRate) {}

    /**
     * The detections that are fetched after a downtime.
     *
     * @param maxAge how far back; zero to fetch none
     */
    public record CatchUp(
            @DefaultValue("1h") @Range(min = 0, max = 2_592_000)
            Duration maxAge) {}

    /**
     * The visits, which say once what many events tell.
     *
     * @param enabled whether there are any
     * @param cooldown how long a visit that alerts keeps others of its type from alerting; zero for not at all
     */
    public record Visits(
            @DefaultValue("true") boolean enabled,

            @DefaultValue("0s") @Range(min = 0, max = 86_400)
            Duration cooldown) {}

    /**
     * The page, apart from that of the add-on, which Home Assistant opens.
     *
     * @param port zero for no page
     * @param password present wherever others than this machine can reach the page
     * @param history the limit of the pictures of visits that are kept, in MiB; zero to keep none
     */
    public record Web(
            @DefaultValue("off") @Range(min = 0, max = 65_535, orOff = true)
            int port,

            @DefaultValue("127.0.0.1") InetAddress bind,
            @Format(TextFormat.PAGE_PASSWORD) Optional<Secret> password,

            @DefaultValue("20") @Range(min = 0, max = 1_024, orOff = true)
            int history) {

        private static final int MEBIBYTE = 1 << 20;

        public Web {
            if (port > 0 && !bind.isLoopbackAddress() && password.isEmpty()) {
                throw new IllegalArgumentException("A page that others can reach needs a password");
            }
        }

        /** Where the page listens; empty for nowhere. */
        public Optional<InetSocketAddress> address() {
            return port == 0 ? Optional.empty() : Optional.of(new InetSocketAddress(bind, port));
        }

        /** {@code history} in bytes. */
        public long historyBytes() {
            return (long) history * MEBIBYTE;
        }
    }

    /** The default of an option, as a user writes it. An option without one may be left blank. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface DefaultValue {
        String value();
    }

    /** The limits of a number, or of a time in seconds; both inclusive. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Range {
        int min();

        int max();

        /** Whether a whole number or a time may also be {@code off}, which is zero. */
        boolean orOff() default false;
    }

    /** The format of a text. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Format {
        TextFormat value();
    }
}
