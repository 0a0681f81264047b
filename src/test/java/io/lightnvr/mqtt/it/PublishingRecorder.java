package io.lightnvr.mqtt.it;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.paho.PahoBroker;
import io.lightnvr.mqtt.demo.recorder.SimulatedEvents;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import java.time.Duration;
import java.util.Optional;

/** Lets a simulated recorder publish to a broker under a prefix of its own. */
public final class PublishingRecorder {

    /** The recorder's topic prefix, which is not the bridge's. */
    public static final String PREFIX = "nvr";

    private PublishingRecorder() {}

    /** Publishes from now on, as soon as it is connected, until the test ends. */
    public static SimulatedEvents start(TestBed bed, SimulatedRecorder recorder, int brokerPort) {
        BrokerSettings settings = new BrokerSettings(
                "127.0.0.1",
                brokerPort,
                "lightnvr",
                Optional.empty(),
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty());
        return bed.own(SimulatedEvents.start(recorder, new PahoBroker(), settings, PREFIX));
    }
}
