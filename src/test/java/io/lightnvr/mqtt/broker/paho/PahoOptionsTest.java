package io.lightnvr.mqtt.broker.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Qos;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;

class PahoOptionsTest {

    /** Those of Paho, which takes the largest packet that the bridge wants to receive for the broker's limit. */
    private static final Limits UNLIMITED = new Limits(65_535, 1_114_112, Qos.EXACTLY_ONCE, true);

    private final MqttProperties properties = new MqttProperties();

    @Test
    void takesAConnackWithoutPropertiesForOneWithoutLimits() {
        assertThat(PahoOptions.limits(null)).isEqualTo(UNLIMITED);
        assertThat(PahoOptions.limits(properties)).isEqualTo(UNLIMITED);
    }

    @Test
    void readsTheLimitsOfAConnack() {
        properties.setReceiveMaximum(20);
        properties.setMaximumPacketSize(100_000L);
        properties.setMaximumQoS(1);
        properties.setRetainAvailable(false);
        properties.setServerKeepAlive(10);

        assertThat(PahoOptions.limits(properties))
                .isEqualTo(new Limits(20, 100_000, Qos.AT_LEAST_ONCE, false, Optional.of(Duration.ofSeconds(10))));
    }

    @Test
    void ignoresLimitsThatMqttForbids() {
        properties.setMaximumPacketSize(0L);
        properties.setMaximumQoS(5);
        properties.setServerKeepAlive(0);

        assertThat(PahoOptions.limits(properties)).isEqualTo(UNLIMITED);
    }
}
