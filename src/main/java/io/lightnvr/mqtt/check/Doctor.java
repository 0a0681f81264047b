package io.lightnvr.mqtt.check;

import io.lightnvr.mqtt.bridge.ConfigurationMapping;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.delivery.BrokerDiagnosis;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.intake.RecorderDiagnosis;
import io.lightnvr.mqtt.publish.TestEvent;
import io.lightnvr.mqtt.store.StoreInspection;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;

/**
 * Examines the chain from the recorder to Home Assistant, part by part. It changes nothing, so it may run beside a bridge; only a
 * test event, if one is wanted, is published.
 */
public final class Doctor {

    private final Configuration configuration;
    private final Path data;
    private final CheckReport report;
    private final Clock clock = Clock.systemUTC();

    /**
     * @param data the folder of the bridge's files
     * @param report takes what is found
     */
    public Doctor(Configuration configuration, Path data, CheckReport report) {
        this.configuration = configuration;
        this.data = data;
        this.report = report;
    }

    /**
     * Examines everything.
     *
     * @param testEvent the stream of a test event to publish
     */
    public void examine(Configuration.Nvr nvr, Optional<StreamName> testEvent) throws InterruptedException {
        StoreInspection store = StoreInspection.at(data);
        Collection<StreamName> streams =
                new RecorderCheck(nvr, configuration.mqtt(), clock, report.part(RecorderDiagnosis.RECORDER)).check();
        broker(streams, store, testEvent);
        new DataCheck(data, report.part("data folder")).check(store);
    }

    private void broker(Collection<StreamName> streams, StoreInspection store, Optional<StreamName> testEvent)
            throws InterruptedException {
        CheckReport.Part broker = report.part(BrokerDiagnosis.BROKER);
        BrokerCheck brokerCheck = new BrokerCheck(configuration, System.getenv(), clock, broker);
        Optional<OneShotConnection> connection = brokerCheck.connect();
        if (connection.isEmpty()) {
            return;
        }
        try (OneShotConnection open = connection.get()) {
            HomeAssistantCheck homeAssistant =
                    new HomeAssistantCheck(configuration, report.part(BrokerDiagnosis.HOME_ASSISTANT));
            brokerCheck.limits(open.limits(), homeAssistant.largestPacket(streams));
            new TopicCheck(configuration, open, broker).check(store.held());
            if (testEvent.isPresent()) {
                publish(testEvent.get(), open, broker);
            }
            homeAssistant.check(open);
        } catch (OneShotConnection.FailedException e) {
            broker.failed(
                    e.getMessage(),
                    "look in its log; another client may be using the id "
                            + configuration.mqtt().clientId() + "-check");
        }
    }

    private void publish(StreamName stream, OneShotConnection connection, CheckReport.Part broker)
            throws OneShotConnection.FailedException, InterruptedException {
        for (Message message : ConfigurationMapping.messages(new TestEvent(stream, "test", 1, ""), configuration)) {
            connection.publish(message);
            broker.ok("accepted a test event on " + message.topic());
        }
    }
}
