package io.lightnvr.mqtt.fuzz;

import io.lightnvr.mqtt.broker.paho.BrokerParsers;
import io.lightnvr.mqtt.broker.tls.PemParsers;
import io.lightnvr.mqtt.config.ConfigurationParsers;
import io.lightnvr.mqtt.delivery.DeliveryParsers;
import io.lightnvr.mqtt.discovery.DeviceParsers;
import io.lightnvr.mqtt.source.lightnvr.RecorderParsers;
import io.lightnvr.mqtt.state.StateParsers;
import io.lightnvr.mqtt.supervisor.SupervisorParsers;
import io.lightnvr.mqtt.visit.VisitParsers;
import io.lightnvr.mqtt.web.WebParsers;
import java.util.List;
import java.util.stream.Stream;

/** Every parser of foreign bytes. */
final class Parsers {

    static final List<Parser> ALL = Stream.of(
                    RecorderParsers.all(),
                    BrokerParsers.all(),
                    DeliveryParsers.all(),
                    DeviceParsers.all(),
                    SupervisorParsers.all(),
                    ConfigurationParsers.all(),
                    PemParsers.all(),
                    VisitParsers.all(),
                    StateParsers.all(),
                    WebParsers.all())
            .flatMap(List::stream)
            .toList();

    private Parsers() {}
}
