package io.lightnvr.mqtt.bridge;

import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Credentials;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.Will;
import io.lightnvr.mqtt.broker.paho.PahoBroker;
import io.lightnvr.mqtt.broker.tls.ClientCertificate;
import io.lightnvr.mqtt.broker.tls.UnusableFileException;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.Problem;
import io.lightnvr.mqtt.config.Secret;
import io.lightnvr.mqtt.delivery.DeliverySettings;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.event.ClearTimes;
import io.lightnvr.mqtt.event.DetectionFilter;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.intake.IntakeSettings;
import io.lightnvr.mqtt.intake.PublisherClash;
import io.lightnvr.mqtt.intake.VisitSettings;
import io.lightnvr.mqtt.publish.Availability;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.publish.TestEvent;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.source.lightnvr.RecorderAccess;
import io.lightnvr.mqtt.source.lightnvr.RecorderPage;
import io.lightnvr.mqtt.supervisor.SupervisedBroker;
import io.lightnvr.mqtt.supervisor.Supervisor;
import io.lightnvr.mqtt.visit.VisitRules;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Maps the configuration to the settings of each package; the packages do not know the configuration. */
public final class ConfigurationMapping {

    private static final int PLAIN_PORT = 1_883;
    private static final int TLS_PORT = 8_883;

    /** Survives the bridge's own reconnecting, even if nothing is caught up. */
    private static final Duration SHORTEST_SESSION = Duration.ofMinutes(1);

    /** How many of the recorder's messages the broker sends ahead. */
    private static final int EVENTS_AT_ONCE = 100;

    /** The name of an add-on within Home Assistant: its repository's hash, or {@code local}, and its slug. */
    private static final Pattern ADDON = Pattern.compile("([0-9a-f]{8}|local|core)-[a-z0-9-]+");

    private ConfigurationMapping() {}

    /** Connects to the configured broker; without one, to the broker that the Supervisor knows, else to the local one. */
    public static Broker broker(Configuration.Mqtt mqtt, Map<String, String> environment) {
        return broker(mqtt, environment, trouble -> {});
    }

    /**
     * The same, with news of the Supervisor.
     *
     * @param supervisorNews takes for each question the trouble with the Supervisor, as a sentence, or nothing if it answers
     */
    static Broker broker(
            Configuration.Mqtt mqtt, Map<String, String> environment, Consumer<Optional<String>> supervisorNews) {
        Broker direct = new PahoBroker();
        return supervisor(mqtt, environment)
                .<Broker>map(supervisor -> new SupervisedBroker(supervisor, direct, tls(mqtt), supervisorNews))
                .orElse(direct);
    }

    /** The Supervisor, if there is one and no broker is configured. */
    public static Optional<Supervisor> supervisor(Configuration.Mqtt mqtt, Map<String, String> environment) {
        return Supervisor.of(environment).filter(one -> mqtt.brokerHost().isEmpty());
    }

    /** The settings of a connection with this client id and will. */
    public static BrokerSettings brokerSettings(Configuration.Mqtt mqtt, String clientId, Optional<Will> will) {
        return new BrokerSettings(
                mqtt.brokerHostOrLocal(),
                mqtt.brokerPort(),
                clientId,
                mqtt.username()
                        .map(user -> new Credentials(
                                user,
                                mqtt.password().map(Secret::value).orElse(""),
                                "check mqtt.username and mqtt.password")),
                mqtt.keepalive(),
                mqtt.tlsEnabled() ? Optional.of(tls(mqtt)) : Optional.empty(),
                will);
    }

    /** The broker to which the recorder publishes: the bridge's own, unless the configuration names another. */
    static Broker eventsBroker(Configuration configuration, Map<String, String> environment) {
        boolean isOther =
                configuration.nvr().flatMap(Configuration.Nvr::eventsBroker).isPresent();
        return isOther ? new PahoBroker() : broker(configuration.mqtt(), environment);
    }

    /**
     * The settings of the connection on which the recorder is heard. Its session outlives a pause of the bridge, for as long as
     * missed detections are wanted at all.
     */
    static BrokerSettings eventsBrokerSettings(Configuration configuration) {
        Configuration.Mqtt mqtt = configuration.mqtt();
        String clientId = mqtt.clientId() + "-events";
        Duration missed = configuration.catchUp().maxAge();
        BrokerSettings.Session session = new BrokerSettings.Session(
                missed.compareTo(SHORTEST_SESSION) < 0 ? SHORTEST_SESSION : missed, EVENTS_AT_ONCE);
        return configuration
                .nvr()
                .flatMap(Configuration.Nvr::eventsBroker)
                .map(url -> otherBroker(URI.create(url.value()), mqtt, clientId))
                .orElseGet(() -> brokerSettings(mqtt, clientId, Optional.empty()))
                .withSession(clientId, session);
    }

    private static BrokerSettings otherBroker(URI url, Configuration.Mqtt mqtt, String clientId) {
        boolean isEncrypted = url.getScheme().equalsIgnoreCase("mqtts");
        String[] login =
                url.getUserInfo() == null ? new String[0] : url.getUserInfo().split(":", 2);
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        return new BrokerSettings(
                host,
                url.getPort() > 0 ? url.getPort() : isEncrypted ? TLS_PORT : PLAIN_PORT,
                clientId,
                login.length == 0
                        ? Optional.empty()
                        : Optional.of(new Credentials(
                                login[0], login.length > 1 ? login[1] : "", "check the login in nvr.events_broker")),
                mqtt.keepalive(),
                isEncrypted ? Optional.of(tls(mqtt)) : Optional.empty(),
                Optional.empty());
    }

    /** The settings of TLS, for use if TLS is on: the trusted authorities and the bridge's own certificate. */
    public static BrokerSettings.Tls tls(Configuration.Mqtt mqtt) {
        return new BrokerSettings.Tls(
                mqtt.tlsCaFile(),
                mqtt.tlsCertFile()
                        .flatMap(certificates -> mqtt.tlsKeyFile()
                                .map(key -> new BrokerSettings.ClientFiles(
                                        certificates, key, mqtt.tlsKeyPassword().map(Secret::value)))));
    }

    /**
     * Reads the bridge's own certificate, if it has one, to report problems with it before the bridge starts.
     *
     * @throws ConfigurationException if the certificate is unusable
     */
    public static void checkCertificate(Configuration.Mqtt mqtt) throws ConfigurationException {
        boolean isNeeded = mqtt.tlsEnabled() || mqtt.brokerHost().isEmpty();
        Optional<BrokerSettings.ClientFiles> own = tls(mqtt).client().filter(files -> isNeeded);
        if (own.isPresent()) {
            try {
                ClientCertificate.read(own.get());
            } catch (UnusableFileException e) {
                throw new ConfigurationException(List.of(new Problem(e.option(), e.file(), e.rule(), e.whatToDo())));
            }
        }
    }

    /** The end of validity of the bridge's own certificate; nothing if there is none or it is unusable. */
    public static Optional<Instant> certificateEnds(Configuration.Mqtt mqtt) {
        return tls(mqtt).client().flatMap(files -> {
            try {
                return Optional.of(ClientCertificate.read(files).ends());
            } catch (UnusableFileException e) {
                return Optional.empty(); // reported by each attempt to connect
            }
        });
    }

    /**
     * The settings of delivery.
     *
     * @param images whether pictures of detections are published
     * @param snapshots whether stills are published
     * @throws ConfigurationException if a clear time is set for a group that does not exist, or zones shall show one
     */
    static DeliverySettings deliverySettings(Configuration configuration, boolean images, boolean snapshots)
            throws ConfigurationException {
        Configuration.Mqtt mqtt = configuration.mqtt();
        Configuration.HomeAssistant homeAssistant = configuration.homeAssistant();
        TopicLayout topics = new TopicLayout(mqtt.topicPrefix());
        return new DeliverySettings(
                Version.current(),
                homeAssistant.instanceId(),
                brokerSettings(
                        mqtt, mqtt.clientId(), Optional.of(new Will(topics.availability(), Availability.OFFLINE))),
                topics,
                new DeliverySettings.Events(
                        Qos.of(mqtt.qos()),
                        mqtt.retain(),
                        mqtt.maxInflight(),
                        configuration.outbox().drainRate(),
                        configuration.outbox().maxAge()),
                discovery(configuration),
                homeAssistant.birthTopic(),
                groups(homeAssistant),
                zoneGroups(homeAssistant),
                clearTimes(homeAssistant),
                homeAssistant.forgetAfter(),
                images,
                snapshots,
                configuration.visits().enabled(),
                () -> certificateEnds(mqtt));
    }

    /**
     * The settings of intake.
     *
     * @throws ConfigurationException if the recorder's address is missing
     */
    static IntakeSettings intakeSettings(Configuration configuration) throws ConfigurationException {
        Configuration.HomeAssistant homeAssistant = configuration.homeAssistant();
        return new IntakeSettings(
                configuration.requireNvr().url(),
                filter(configuration.detections()),
                renderer(homeAssistant),
                bridgePublisher(configuration.mqtt()),
                homeAssistant.clearAfter(),
                configuration.visits().enabled() ? Optional.of(visits(configuration)) : Optional.empty());
    }

    private static VisitSettings visits(Configuration configuration) throws ConfigurationException {
        Configuration.HomeAssistant homeAssistant = configuration.homeAssistant();
        TopicLayout topics = new TopicLayout(configuration.mqtt().topicPrefix());
        return new VisitSettings(
                new VisitRules(homeAssistant.instanceId(), groups(homeAssistant), clearTimes(homeAssistant)),
                configuration.visits().cooldown(),
                stream -> topics.image(stream).name(),
                pages(configuration.requireNvr()));
    }

    /** The recorder's address for people; the inner name of an add-on is none. */
    static Optional<URI> pages(Configuration.Nvr nvr) {
        return nvr.publicUrl()
                .or(() -> Optional.of(nvr.url())
                        .filter(url -> !ADDON.matcher(url.getHost()).matches()));
    }

    /** The messages of a test event, as a running bridge would publish them. */
    public static List<Message> testEventMessages(TestEvent event, Configuration configuration) {
        Configuration.Mqtt mqtt = configuration.mqtt();
        return event.messages(
                renderer(configuration.homeAssistant()),
                new TopicLayout(mqtt.topicPrefix()),
                Qos.of(mqtt.qos()),
                mqtt.retain());
    }

    private static EventRenderer renderer(Configuration.HomeAssistant homeAssistant) {
        return new EventRenderer(homeAssistant.instanceId(), groups(homeAssistant));
    }

    /** How the bridge publishes, for comparison with the recorder's own publisher. */
    public static PublisherClash.BridgePublisher bridgePublisher(Configuration.Mqtt mqtt) {
        return new PublisherClash.BridgePublisher(
                mqtt.topicPrefix(), mqtt.clientId(), mqtt.brokerHostOrLocal(), mqtt.brokerPort());
    }

    /** The address and the credentials of the recorder. */
    public static RecorderAccess recorderAccess(Configuration.Nvr nvr) {
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

    /** The configured groups, else the standard ones. */
    public static EventGroups groups(Configuration.HomeAssistant homeAssistant) {
        return homeAssistant.groups().isEmpty() ? EventGroups.standard() : new EventGroups(homeAssistant.groups());
    }

    /**
     * The time after which each group is cleared.
     *
     * @throws ConfigurationException if a time is set for a group that does not exist
     */
    static ClearTimes clearTimes(Configuration.HomeAssistant homeAssistant) throws ConfigurationException {
        requireGroups(
                "home_assistant.group_clear_after",
                homeAssistant.groupClearAfter().keySet(),
                homeAssistant);
        return new ClearTimes(homeAssistant.clearAfter(), homeAssistant.groupClearAfter());
    }

    /**
     * The groups that zones show, the most important first.
     *
     * @throws ConfigurationException if one of them does not exist
     */
    static List<String> zoneGroups(Configuration.HomeAssistant homeAssistant) throws ConfigurationException {
        requireGroups("home_assistant.zone_groups", homeAssistant.zoneGroups(), homeAssistant);
        return existingZoneGroups(homeAssistant);
    }

    private static List<String> existingZoneGroups(Configuration.HomeAssistant homeAssistant) {
        return groups(homeAssistant).labels().keySet().stream()
                .filter(homeAssistant.zoneGroups()::contains)
                .toList();
    }

    private static void requireGroups(String option, Set<String> named, Configuration.HomeAssistant homeAssistant)
            throws ConfigurationException {
        Set<String> groups = groups(homeAssistant).labels().keySet();
        for (String group : named) {
            if (!groups.contains(group)) {
                throw new ConfigurationException(List.of(
                        new Problem(option, group, "is not a group", "use one of " + String.join(", ", groups))));
            }
        }
    }

    /** The devices announced to Home Assistant; nothing if discovery is off. */
    public static Optional<Discovery> discovery(Configuration configuration) {
        Configuration.HomeAssistant homeAssistant = configuration.homeAssistant();
        return homeAssistant.discovery() ? Optional.of(ownDevices(configuration)) : Optional.empty();
    }

    /** The devices that discovery announces when it is on. */
    public static Discovery ownDevices(Configuration configuration) {
        Configuration.HomeAssistant homeAssistant = configuration.homeAssistant();
        return new Discovery(
                homeAssistant.discoveryPrefix(),
                homeAssistant.instanceId(),
                configuration.nvr().flatMap(Configuration.Nvr::givenName),
                new TopicLayout(configuration.mqtt().topicPrefix()),
                Version.current(),
                groups(homeAssistant),
                existingZoneGroups(homeAssistant),
                homeAssistant.clearAfter(),
                configuration.visits().enabled(),
                configuration.nvr().filter(Configuration.Nvr::controls).isPresent(),
                stream -> configuration
                        .nvr()
                        .flatMap(ConfigurationMapping::pages)
                        .map(url -> url + RecorderPage.of(stream)));
    }

    private static Set<StreamName> names(Set<String> raw) {
        return raw.stream().map(StreamName::new).collect(Collectors.toSet());
    }
}
