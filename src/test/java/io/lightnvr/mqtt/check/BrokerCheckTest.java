package io.lightnvr.mqtt.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.ConfigurationReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrokerCheckTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void isContentWithABrokerWithoutLimits() throws ConfigurationException {
        check(Limits.unlimited());

        assertThat(lines)
                .containsExactly(
                        "ok broker: accepts packets of every size that the bridge sends",
                        "ok broker: accepts 65535 unacknowledged messages at a time");
    }

    @Test
    void namesEachLimitThatIsTooLow() throws ConfigurationException {
        check(new Limits(5, 3_000, Qos.AT_MOST_ONCE, false));

        assertThat(lines)
                .containsExactly(
                        "failed broker: accepts packets of at most 3000 bytes, but the bridge sends up to 9000"
                                + " -> raise its limit (Mosquitto: max_packet_size)",
                        "warning broker: accepts only 5 unacknowledged messages at a time; mqtt.max_inflight is 20"
                                + " -> nothing is lost; if there are many events, raise its limit (Mosquitto:"
                                + " max_inflight_messages)",
                        "failed broker: does not support retained messages, which states and availability need"
                                + " -> enable them at the broker",
                        "failed broker: supports only QoS 0, so events can be lost in transit"
                                + " -> enable QoS 1 at the broker");
    }

    @Test
    void isContentWithALimitThatEveryPacketKeeps() throws ConfigurationException {
        check(new Limits(20, 9_000, Qos.AT_LEAST_ONCE, true));

        assertThat(lines)
                .containsExactly(
                        "ok broker: accepts packets of up to 9000 bytes; the bridge sends up to 9000",
                        "ok broker: accepts 20 unacknowledged messages at a time");
    }

    @Test
    void tellsOfAKeepAliveOfTheBrokersOwn() throws ConfigurationException {
        check(new Limits(20, Long.MAX_VALUE, Qos.EXACTLY_ONCE, true, Optional.of(Duration.ofSeconds(10))));

        assertThat(lines).contains("ok broker: wants a sign of life every 10 s, and the bridge keeps to that");
    }

    private void check(Limits limits) throws ConfigurationException {
        Configuration configuration =
                ConfigurationReader.defaults("http://recorder").configuration();
        CheckReport report = new CheckReport(finding -> lines.add(finding.severity() + " " + finding));
        new BrokerCheck(configuration, Map.of(), Clock.systemUTC(), report.part("broker")).checkLimits(limits, 9_000);
    }
}
