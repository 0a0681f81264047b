package io.lightnvr.mqtt.it;

import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.broker.paho.PahoBroker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A subscriber in this process, on the same clock as what it measures. */
public final class LocalSubscriber {

    private LocalSubscriber() {}

    /**
     * Listens until the test ends; returns once the broker has taken the subscriptions.
     *
     * @param onMessage takes the topic of each message
     */
    public static void listen(TestBed bed, int port, List<String> topicFilters, Consumer<String> onMessage)
            throws InterruptedException {
        CountDownLatch subscribed = new CountDownLatch(topicFilters.size());
        BrokerSettings settings = new BrokerSettings(
                "127.0.0.1",
                port,
                "measure",
                Optional.empty(),
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty());
        Broker.Connection[] connection = new Broker.Connection[1];
        connection[0] = new PahoBroker().open(settings, new Broker.Listener() {
            @Override
            public void connected(Limits limits, Optional<ServerCertificate> certificate) {
                topicFilters.forEach(connection[0]::subscribe);
            }

            @Override
            public void failed(ConnectFailure failure) {
                throw new AssertionError(failure.sentence());
            }

            @Override
            public void subscribed(String topicFilter, ReasonCode reason) {
                subscribed.countDown();
            }

            @Override
            public void received(Topic topic, byte[] payload, boolean retained) {
                onMessage.accept(topic.name());
            }

            @Override
            public void lost(ReasonCode reason, String sentence) {
                throw new AssertionError(sentence);
            }

            @Override
            public void bug(Throwable fault) {
                throw new AssertionError(fault);
            }
        });
        bed.own(connection[0]);
        subscribed.await();
    }
}
