package io.lightnvr.mqtt.check;

import io.lightnvr.mqtt.bridge.ConfigurationMapping;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.delivery.BrokerDiagnosis;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.intake.RecorderDiagnosis;
import io.lightnvr.mqtt.publish.TestEvent;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.store.StoreInspection;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;

/**
 * Checks the chain from the recorder to Home Assistant, part by part. It leaves everything as it was, so it is safe to run next to
 * a live bridge; only a test event, if requested, is published.
 */
public final class Doctor {

    private final Configuration configuration;
    private final Path data;
    private final boolean isMade;
    private final CheckReport report;
    private final Clock clock = Clock.systemUTC();

    /**
     * @param data the folder of the bridge's files
     * @param isMade whether the bridge makes that folder
     * @param report gets the findings
     */
    public Doctor(Configuration configuration, Path data, boolean isMade, CheckReport report) {
        this.configuration = configuration;
        this.data = data;
        this.isMade = isMade;
        this.report = report;
    }

    /**
     * Checks everything, and publishes a test event if one is requested.
     *
     * @param testEvent the stream of the test event
     */
    public void examine(Configuration.Nvr nvr, Optional<StreamName> testEvent) throws InterruptedException {
        StoreInspection store = StoreInspection.at(data);
        RecorderCheck recorder =
                new RecorderCheck(nvr, configuration.mqtt(), clock, report.part(RecorderDiagnosis.RECORDER));
        Collection<StreamName> streams = recorder.check();
        if (!checkBroker(nvr, recorder.unread(), streams, store, testEvent)) {
            recorder.unread().ifPresent(report.part(RecorderDiagnosis.RECORDER)::add);
        }
        new DataCheck(data, isMade, report.part("data folder")).check(store);
    }

    /** @return whether the broker could be asked what the recorder publishes */
    private boolean checkBroker(
            Configuration.Nvr nvr,
            Optional<Finding> unread,
            Collection<StreamName> streams,
            StoreInspection store,
            Optional<StreamName> testEvent)
            throws InterruptedException {
        CheckReport.Part part = report.part(BrokerDiagnosis.BROKER);
        BrokerCheck brokerCheck = new BrokerCheck(configuration, System.getenv(), clock, part);
        Optional<OneShotConnection> connection = brokerCheck.connect();
        if (connection.isEmpty()) {
            return false;
        }
        try (OneShotConnection open = connection.get()) {
            new HearingCheck(nvr, open, report.part(RecorderDiagnosis.RECORDER)).check(unread);
            HomeAssistantCheck homeAssistant =
                    new HomeAssistantCheck(configuration, report.part(BrokerDiagnosis.HOME_ASSISTANT));
            brokerCheck.checkLimits(open.limits(), homeAssistant.largestPacket(streams));
            new TopicCheck(configuration, open, part).check(store.held());
            if (testEvent.isPresent()) {
                publish(testEvent.get(), open, part);
            }
            homeAssistant.check(open);
        } catch (OneShotConnection.FailedException e) {
            part.failed(
                    e.getMessage(),
                    "look in its log; another client may be using the id "
                            + configuration.mqtt().clientId() + "-check");
        }
        return true;
    }

    private void publish(StreamName stream, OneShotConnection connection, CheckReport.Part part)
            throws OneShotConnection.FailedException, InterruptedException {
        for (Message message :
                ConfigurationMapping.testEventMessages(new TestEvent(stream, "test", 1, ""), configuration)) {
            connection.publish(message);
            part.ok("accepted a test event on " + message.topic());
        }
    }
}
