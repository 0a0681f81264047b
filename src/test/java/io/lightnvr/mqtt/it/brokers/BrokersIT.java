package io.lightnvr.mqtt.it.brokers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The brokers of other makers that are installed within seconds; {@link BrokersMeasure} tries all. */
@Execution(ExecutionMode.CONCURRENT)
class BrokersIT extends BrokerTrial {

    @Test
    void losesNothingWithArtemis() {
        isGoodForTheBridge("artemis");
    }

    @Test
    void namesAedes() {
        speaksMqtt311Alone("aedes");
    }

    @Test
    void namesAmqtt() {
        speaksMqtt311Alone("amqtt");
    }
}
