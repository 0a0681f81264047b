package io.lightnvr.mqtt.check;

import io.lightnvr.mqtt.bridge.ConfigurationMapping;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.paho.PahoBroker;
import io.lightnvr.mqtt.broker.tls.TlsProbe;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.delivery.BrokerDiagnosis;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.supervisor.NoServiceException;
import io.lightnvr.mqtt.supervisor.Supervisor;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The broker: is it there, do we trust it, does it let us in, and does it take what we send? */
public final class BrokerCheck {

    /** Twice what the longest events have that were seen. */
    private static final int EVENT_BYTES = 8_192;

    private static final int PICTURE_BYTES = SnapshotSource.MOST_BYTES + 1_024;

    private final Configuration configuration;
    private final Configuration.Mqtt mqtt;
    private final Map<String, String> environment;
    private final Clock clock;
    private final CheckReport.Part part;

    public BrokerCheck(
            Configuration configuration, Map<String, String> environment, Clock clock, CheckReport.Part part) {
        this.configuration = configuration;
        this.mqtt = configuration.mqtt();
        this.environment = environment;
        this.clock = clock;
        this.part = part;
    }

    /** Looks, and gives the connection to it, where it lets us in. */
    public Optional<OneShotConnection> connect() throws InterruptedException {
        Optional<BrokerSettings> settings = settings();
        if (settings.isEmpty() || !reaches(settings.get()) || !trusts(settings.get())) {
            return Optional.empty();
        }
        try {
            OneShotConnection connection = OneShotConnection.connect(new PahoBroker(), settings.get());
            part.ok("accepts the connection as " + settings.get().clientId());
            return Optional.of(connection);
        } catch (OneShotConnection.FailedException e) {
            part.failed(e.getMessage(), "");
            return Optional.empty();
        }
    }

    /** Where it is, which the Supervisor may know. */
    private Optional<BrokerSettings> settings() {
        BrokerSettings own = ConfigurationMapping.connection(mqtt, mqtt.clientId() + "-check", Optional.empty());
        Optional<Supervisor> supervisor = ConfigurationMapping.supervisor(mqtt, environment);
        if (supervisor.isEmpty()) {
            return Optional.of(own);
        }
        try {
            BrokerSettings told = supervisor.get().broker(own, ConfigurationMapping.tls(mqtt));
            part.ok("is " + told.address() + ", according to the Supervisor");
            return Optional.of(told);
        } catch (NoServiceException e) {
            part.failed(e.getMessage(), "");
            return Optional.empty();
        }
    }

    private boolean reaches(BrokerSettings settings) {
        return NetworkCheck.reaches(part, settings.host(), settings.port(), "mqtt.broker_host and mqtt.broker_port");
    }

    private boolean trusts(BrokerSettings settings) {
        if (settings.tls().isEmpty()) {
            return true;
        }
        TlsProbe look = TlsProbe.at(settings);
        String shown = look.shown().map(ServerCertificate::toString).orElse("it presents no certificate");
        if (look.refusal().isPresent()) {
            part.failed(look.refusal().get() + " (" + shown + ")", "");
            return false;
        }
        String by = settings.tls()
                .get()
                .caFile()
                .map(file -> "the authorities in " + file)
                .orElse("this system's authorities");
        BrokerDiagnosis.certificate(look.shown().orElseThrow(), clock.instant())
                .ifPresentOrElse(part::add, () -> part.ok(shown + ", and is trusted by " + by));
        ConfigurationMapping.certificateEnds(mqtt)
                .flatMap(ends -> BrokerDiagnosis.ownCertificate(ends, clock.instant()))
                .ifPresent(part::add);
        return true;
    }

    /** @param deviceBytes of the largest announcement to Home Assistant, as a packet */
    public void limits(Limits limits, int deviceBytes) {
        int needed = Math.max(deviceBytes, configuration.homeAssistant().images() ? PICTURE_BYTES : EVENT_BYTES);
        if (limits.maximumPacketSize() < needed) {
            part.failed(
                    "accepts packets of at most " + limits.maximumPacketSize() + " bytes, but the bridge sends up to "
                            + needed,
                    "raise its limit (Mosquitto: max_packet_size)");
        } else if (limits.maximumPacketSize() == Long.MAX_VALUE) {
            part.ok("accepts packets of any size");
        } else {
            part.ok("accepts packets of up to " + limits.maximumPacketSize() + " bytes; the bridge sends up to "
                    + needed);
        }
        if (limits.receiveMaximum() < mqtt.maxInflight()) {
            part.warning(
                    "accepts only " + limits.receiveMaximum()
                            + " unacknowledged messages at a time; mqtt.max_inflight is " + mqtt.maxInflight(),
                    "nothing is lost; if there are many events, raise its limit (Mosquitto: max_inflight_messages)");
        } else {
            part.ok("accepts " + limits.receiveMaximum() + " unacknowledged messages at a time");
        }
        if (!limits.retainAvailable()) {
            part.failed(
                    "does not support retained messages, which states and availability need",
                    "enable them at the broker");
        }
        if (limits.maximumQos() == Qos.AT_MOST_ONCE) {
            part.failed("supports only QoS 0, so events can be lost in transit", "enable QoS 1 at the broker");
        }
    }
}
