package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.broker.paho.PahoBroker;
import io.lightnvr.mqtt.demo.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Reads many retained messages from real brokers, which send them in different orders. */
@Execution(ExecutionMode.CONCURRENT)
class OneShotConnectionIT {

    private static final int MESSAGES = 500;

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void readsAllRetainedMessagesOfMosquitto() throws Exception {
        readsAllRetainedMessages(bed.broker().port());
    }

    @Test
    void readsAllRetainedMessagesOfArtemis() throws Exception {
        EmbeddedBroker broker = bed.own(EmbeddedBroker.start(0));

        readsAllRetainedMessages(broker.port());
    }

    private static void readsAllRetainedMessages(int port) throws Exception {
        BrokerSettings settings = new BrokerSettings(
                "127.0.0.1",
                port,
                "one-shot",
                Optional.empty(),
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty());
        try (OneShotConnection connection = OneShotConnection.connect(new PahoBroker(), settings)) {
            for (int i = 0; i < MESSAGES; i++) {
                connection.publish(Message.retained(new Topic("kept/" + i), "x"));
            }

            assertThat(connection.retained(List.of("kept/+"))).hasSize(MESSAGES);
        }
    }
}
