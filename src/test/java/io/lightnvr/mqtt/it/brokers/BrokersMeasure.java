package io.lightnvr.mqtt.it.brokers;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All brokers of other makers. Not a part of the tests: {@code .ci/measure Brokers} runs it, with {@code -Dbrokers=mochi,rabbitmq} for
 * some of them.
 */
class BrokersMeasure extends BrokerTrial {

    private static final String ALL = "mosquitto,mosquitto-2.1,mochi,rumqttd,rabbitmq,hivemq,artemis,aedes,amqtt";
    private static final List<String> OLD = List.of("aedes", "amqtt");

    static Stream<String> old() {
        return chosen().filter(OLD::contains);
    }

    static Stream<String> today() {
        return chosen().filter(name -> !OLD.contains(name));
    }

    private static Stream<String> chosen() {
        return Stream.of(System.getProperty("brokers", ALL).split(","));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("old")
    @Timeout(1_800)
    void namesABrokerOfMqtt311(String name) {
        speaksMqtt311Alone(name);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("today")
    @Timeout(1_800)
    void losesNothing(String name) {
        isGoodForTheBridge(name);
    }
}
