package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.ConfigurationMapping;
import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.publish.TestEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Publishes test events on a connection of their own, which disturbs no running bridge. */
final class TestEvents {

    private TestEvents() {}

    /**
     * Publishes one and waits for the broker.
     *
     * @param published gets each of its messages once the broker has acknowledged it
     * @throws OneShotConnection.FailedException if the broker cannot be reached, or refuses it; with a sentence for people
     */
    static void publish(TestEvent event, Configuration configuration, Consumer<Message> published)
            throws OneShotConnection.FailedException, InterruptedException {
        Configuration.Mqtt mqtt = configuration.mqtt();
        BrokerSettings settings =
                ConfigurationMapping.brokerSettings(mqtt, mqtt.clientId() + "-publish", Optional.empty());
        List<Message> messages = ConfigurationMapping.testEventMessages(event, configuration);
        Broker broker = ConfigurationMapping.broker(mqtt, System.getenv());
        try (OneShotConnection connection = OneShotConnection.connect(broker, settings)) {
            for (Message message : messages) {
                connection.publish(message);
                published.accept(message);
            }
        }
    }
}
