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
import io.lightnvr.mqtt.discovery.DeviceNames;
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
 * Removes the bridge's devices and retained messages from the broker, those of one stream or all. Earlier removals are repeated,
 * since Home Assistant may have missed them; what other clients have published stays. For one thread.
 */
final class Withdrawal {

    private static final String EMPTY = "";

    private final Configuration configuration;
    private final Broker broker;
    private final Store store;
    private final TopicLayout topics;
    private final Discovery discovery;

    /**
     * @param broker the broker to connect to, once for each call
     * @param store the bridge's store, which forgets what is removed
     */
    Withdrawal(Configuration configuration, Broker broker, Store store) {
        this.configuration = configuration;
        this.broker = broker;
        this.store = store;
        this.topics = new TopicLayout(configuration.mqtt().topicPrefix());
        this.discovery = ConfigurationMapping.ownDevices(configuration);
    }

    /** From the broker of a configuration; the store is as above. */
    static Withdrawal of(Configuration configuration, Store store) {
        return new Withdrawal(configuration, ConfigurationMapping.broker(configuration.mqtt(), System.getenv()), store);
    }

    private Topic deviceTopic(StreamName stream) {
        return discovery.streamTopic(new DeviceNames(store.devices()).of(stream));
    }

    /** The streams whose state is stored. */
    Set<StreamName> streams() {
        return store.states().keySet();
    }

    /** Whether a stream has a stored state or an announced device. */
    boolean knows(StreamName stream) {
        return store.states().containsKey(stream)
                || store.announcedTopics().containsKey(deviceTopic(stream).name());
    }

    /**
     * Removes the device and the retained messages of a stream.
     *
     * @throws OneShotConnection.FailedException if the connection fails, or the broker refuses a message
     */
    void withdraw(StreamName stream) throws OneShotConnection.FailedException, InterruptedException {
        try (OneShotConnection connection = connect()) {
            Announcements announcements = announcements(connection, List.of());
            announcements.withdraw(deviceTopic(stream), System.nanoTime());
            List<String> refused = announce(connection, announcements);
            clear(connection, topicsOf(stream), refused);
            forget(stream);
        }
    }

    /**
     * Removes all devices and retained messages of the bridge.
     *
     * @return the number of devices
     * @throws OneShotConnection.FailedException if the connection fails, or the broker refuses a message
     */
    int withdrawAll() throws OneShotConnection.FailedException, InterruptedException {
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
            devices.forEach(device -> announcements.withdraw(device, System.nanoTime()));
            List<String> refused = announce(connection, announcements);
            clear(connection, kept, refused);
            store.states().keySet().forEach(this::forget);
            return devices.size();
        }
    }

    /** How far the stream was read stays: one that is still there brings nothing twice. */
    private void forget(StreamName stream) {
        store.forgetState(stream);
        store.forgetVisits(stream);
    }

    private OneShotConnection connect() throws OneShotConnection.FailedException, InterruptedException {
        Configuration.Mqtt mqtt = configuration.mqtt();
        return OneShotConnection.connect(
                broker, ConfigurationMapping.brokerSettings(mqtt, mqtt.clientId() + "-forget", Optional.empty()));
    }

    /** The announcements in the store, and those that the broker still has of a store that was lost. */
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
        announcements.repeatRemovals(now);
        return announcements;
    }

    /** @return the refused messages: their topics and reasons */
    private static List<String> announce(OneShotConnection connection, Announcements announcements)
            throws OneShotConnection.FailedException, InterruptedException {
        List<String> refused = new ArrayList<>();
        while (!announcements.isQuiet()) {
            Optional<Message> message = announcements.next(System.nanoTime());
            if (message.isPresent()) {
                if (offer(connection, message.get(), refused)) {
                    announcements.acknowledged(message.get().topic(), System.nanoTime());
                } else {
                    announcements.refused(message.get().topic(), System.nanoTime());
                }
            } else {
                TimeUnit.NANOSECONDS.sleep(
                        announcements.waitNanos(System.nanoTime()).orElse(0));
            }
        }
        return refused;
    }

    /** @param refused the messages refused so far; they are reported once everything else is done */
    private static void clear(OneShotConnection connection, Set<Topic> kept, List<String> refused)
            throws OneShotConnection.FailedException, InterruptedException {
        for (Topic topic : kept) {
            offer(connection, Message.retained(topic, EMPTY), refused);
        }
        if (!refused.isEmpty()) {
            throw new OneShotConnection.FailedException("The broker refused some messages (" + refused.size()
                    + ", the first on " + refused.get(0) + "); everything else is removed. Check what the broker's"
                    + " access control allows this user, then run this command again");
        }
    }

    private static boolean offer(OneShotConnection connection, Message message, List<String> refused)
            throws OneShotConnection.FailedException, InterruptedException {
        ReasonCode reason = connection.offer(message);
        if (reason.isRefusal()) {
            refused.add(message.topic() + ": " + reason);
        }
        return !reason.isRefusal();
    }

    /** The topics on which the broker may keep a message of the stream. */
    private Set<Topic> topicsOf(StreamName stream) {
        Set<Topic> kept = new LinkedHashSet<>(topics.retained(stream));
        if (configuration.mqtt().retain()) {
            kept.add(topics.detections(stream));
        }
        return kept;
    }
}
