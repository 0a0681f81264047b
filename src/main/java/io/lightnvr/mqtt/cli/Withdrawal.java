package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.ConfigurationMapping;
import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.delivery.StoredAnnouncements;
import io.lightnvr.mqtt.discovery.Announcements;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Takes back from the broker what the bridge has left there, of one stream or everything, instead of running. Also what
 * was taken back before, for a Home Assistant that did not hear it then. What others have left is not touched.
 */
final class Withdrawal {

    private static final String NOTHING = "";

    private final Configuration configuration;
    private final Broker broker;
    private final Store store;
    private final TopicLayout topics;
    private final Discovery discovery;

    Withdrawal(Configuration configuration, Broker broker, Store store) {
        this.configuration = configuration;
        this.broker = broker;
        this.store = store;
        this.topics = new TopicLayout(configuration.mqtt().topicPrefix());
        this.discovery = ConfigurationMapping.ownDevices(configuration);
    }

    /** Whether there is anything of a stream. */
    boolean knows(StreamName stream) {
        return store.states().containsKey(stream)
                || store.announcedTopics()
                        .containsKey(discovery.streamTopic(stream).name());
    }

    /**
     * Takes back what there is of a stream.
     *
     * @throws OneShotConnection.FailedException where the broker does not take it
     */
    void stream(StreamName stream) throws OneShotConnection.FailedException, InterruptedException {
        try (OneShotConnection connection = connect()) {
            Announcements announcements = announcements(connection, List.of());
            announcements.drop(discovery.streamTopic(stream), System.nanoTime());
            List<String> refused = announce(connection, announcements);
            clear(connection, topicsOf(stream), refused);
            store.forgetState(stream);
        }
    }

    /**
     * Takes back everything.
     *
     * @return how many devices there were
     * @throws OneShotConnection.FailedException where the broker does not take it
     */
    int everything() throws OneShotConnection.FailedException, InterruptedException {
        try (OneShotConnection connection = connect()) {
            Announcements announcements = announcements(connection, List.of(discovery.allDevices()));
            Set<Topic> devices = announcements.announced();
            Set<Topic> kept = new LinkedHashSet<>();
            devices.forEach(device -> announcements.readBy(device).stream()
                    .filter(topics::keeps)
                    .map(Topic::new)
                    .forEach(kept::add));
            store.states().keySet().forEach(stream -> kept.addAll(topicsOf(stream)));
            kept.addAll(List.of(topics.availability(), topics.bridgeState(), topics.announced()));
            devices.forEach(device -> announcements.drop(device, System.nanoTime()));
            List<String> refused = announce(connection, announcements);
            clear(connection, kept, refused);
            store.states().keySet().forEach(store::forgetState);
            return devices.size();
        }
    }

    private OneShotConnection connect() throws OneShotConnection.FailedException, InterruptedException {
        Configuration.Mqtt mqtt = configuration.mqtt();
        return OneShotConnection.connect(
                broker, ConfigurationMapping.connection(mqtt, mqtt.clientId() + "-forget", Optional.empty()));
    }

    /** What the store knows, and what is found on the broker where a store was lost. */
    private Announcements announcements(OneShotConnection connection, List<String> deviceTopics)
            throws OneShotConnection.FailedException, InterruptedException {
        long now = System.nanoTime();
        Announcements announcements =
                new Announcements(topics.announced(), new StoredAnnouncements(store), new Random(), now);
        for (Map.Entry<Topic, byte[]> found : connection.retained(deviceTopics).entrySet()) {
            String payload = new String(found.getValue(), StandardCharsets.UTF_8);
            if (discovery.owns(found.getKey().name(), payload)) {
                announcements.found(found.getKey(), payload, now);
            }
        }
        announcements.exhume(now);
        return announcements;
    }

    /** @return what the broker does not take */
    private static List<String> announce(OneShotConnection connection, Announcements announcements)
            throws OneShotConnection.FailedException, InterruptedException {
        List<String> refused = new ArrayList<>();
        while (!announcements.isQuiet()) {
            Optional<Message> message = announcements.next(System.nanoTime());
            if (message.isPresent()) {
                if (offer(connection, message.get(), refused)) {
                    announcements.told(message.get().topic(), System.nanoTime());
                } else {
                    announcements.refused(message.get().topic(), System.nanoTime());
                }
            } else {
                TimeUnit.NANOSECONDS.sleep(announcements.deadline() - System.nanoTime());
            }
        }
        return refused;
    }

    /** @param refused what the broker did not take before; it is told when all else is done */
    private static void clear(OneShotConnection connection, Set<Topic> kept, List<String> refused)
            throws OneShotConnection.FailedException, InterruptedException {
        for (Topic topic : kept) {
            offer(connection, Message.retained(topic, NOTHING), refused);
        }
        if (!refused.isEmpty()) {
            throw new OneShotConnection.FailedException("The broker refused " + refused.size()
                    + " messages, the first on " + refused.get(0)
                    + "; everything else is removed. Check what the broker's"
                    + " access control allows this user, then run this command again");
        }
    }

    private static boolean offer(OneShotConnection connection, Message message, List<String> refused)
            throws OneShotConnection.FailedException, InterruptedException {
        ReasonCode reason = connection.offer(message);
        if (reason.isRefusal()) {
            refused.add(message.topic() + " (" + reason + ")");
        }
        return !reason.isRefusal();
    }

    private Set<Topic> topicsOf(StreamName stream) {
        Set<Topic> kept =
                new LinkedHashSet<>(List.of(topics.availability(stream), topics.state(stream), topics.image(stream)));
        if (configuration.mqtt().retain()) {
            kept.add(topics.detections(stream));
        }
        return kept;
    }
}
