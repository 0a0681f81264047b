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

/** Checks the broker: its address, its TLS certificate, the login, and its limits. */
public final class BrokerCheck {

    /** Twice the size of the longest events seen in practice. */
    private static final int EVENT_BYTES = 8_192;

    private static final int PICTURE_BYTES = SnapshotSource.MAX_BYTES + 1_024;

    private final Configuration configuration;
    private final Configuration.Mqtt mqtt;
    private final Map<String, String> environment;
    private final Clock clock;
    private final CheckReport.Part part;

    /**
     * @param environment the environment of the process, which names the Supervisor
     * @param clock the wall clock, for the validity of certificates
     */
    public BrokerCheck(
            Configuration configuration, Map<String, String> environment, Clock clock, CheckReport.Part part) {
        this.configuration = configuration;
        this.mqtt = configuration.mqtt();
        this.environment = environment;
        this.clock = clock;
        this.part = part;
    }

    /** Checks everything up to the login; returns the open connection, or nothing if one of the steps fails. */
    public Optional<OneShotConnection> connect() throws InterruptedException {
        Optional<BrokerSettings> settings = settings();
        if (settings.isEmpty() || !isReachable(settings.get()) || !isTrusted(settings.get())) {
            return Optional.empty();
        }
        try {
            OneShotConnection connection = OneShotConnection.connect(new PahoBroker(), settings.get());
            part.ok("accepts the connection as " + settings.get().clientId());
            if (endsOthers(connection, settings.get())) {
                connection.close();
                return Optional.empty();
            }
            return Optional.of(connection);
        } catch (OneShotConnection.FailedException e) {
            part.failed(e.getMessage(), "");
            return Optional.empty();
        }
    }

    /** Finds a broker that takes the user's name for the client id, so that each connection ends the others of the user. */
    private boolean endsOthers(OneShotConnection connection, BrokerSettings settings) throws InterruptedException {
        if (settings.credentials().isEmpty() && settings.tls().isEmpty()) {
            return false;
        }
        try {
            OneShotConnection.connect(new PahoBroker(), settings.withClientId(settings.clientId() + "-2"))
                    .close();
        } catch (OneShotConnection.FailedException e) {
            return false; // It does not take this id, so it does not look at the user alone.
        }
        try {
            connection.ping();
            return false;
        } catch (OneShotConnection.FailedException e) {
            part.failed(
                    "ends a connection of this user when another one comes, whatever its client id is",
                    "let the user have several, which the bridge needs: in Mosquitto, turn use_username_as_clientid off");
            return true;
        }
    }

    /** The configured broker, else the one that the Supervisor knows. */
    private Optional<BrokerSettings> settings() {
        BrokerSettings own = ConfigurationMapping.brokerSettings(mqtt, mqtt.clientId() + "-check", Optional.empty());
        Optional<Supervisor> supervisor = ConfigurationMapping.supervisor(mqtt, environment);
        if (supervisor.isEmpty()) {
            return Optional.of(own);
        }
        try {
            BrokerSettings found = supervisor.get().broker(own, ConfigurationMapping.tls(mqtt));
            part.ok("is " + found.address() + ", according to the Supervisor");
            return Optional.of(found);
        } catch (NoServiceException e) {
            part.failed(e.getMessage(), "");
            return Optional.empty();
        }
    }

    private boolean isReachable(BrokerSettings settings) {
        return NetworkCheck.isReachable(
                part, settings.host(), settings.port(), "mqtt.broker_host and mqtt.broker_port");
    }

    private boolean isTrusted(BrokerSettings settings) {
        if (settings.tls().isEmpty()) {
            return true;
        }
        TlsProbe probe = TlsProbe.at(settings);
        String presented = probe.certificate().map(ServerCertificate::toString).orElse("it presents no certificate");
        if (probe.refusal().isPresent()) {
            part.failed(probe.refusal().get() + " (" + presented + ")", "");
            return false;
        }
        String authorities = settings.tls()
                .get()
                .caFile()
                .map(file -> "the authorities in " + file)
                .orElse("this system's authorities");
        BrokerDiagnosis.certificate(probe.certificate().orElseThrow(), clock.instant())
                .ifPresentOrElse(part::add, () -> part.ok(presented + ", and is trusted by " + authorities));
        ConfigurationMapping.certificateEnds(mqtt)
                .flatMap(ends -> BrokerDiagnosis.ownCertificate(ends, clock.instant()))
                .ifPresent(part::add);
        return true;
    }

    /**
     * Checks that the broker accepts the bridge's messages.
     *
     * @param limits the limits of the connection
     * @param deviceBytes the packet size of the largest announcement to Home Assistant
     */
    public void checkLimits(Limits limits, int deviceBytes) {
        checkPacketSize(limits.maximumPacketSize(), deviceBytes);
        checkReceiveMaximum(limits.receiveMaximum());
        if (!limits.retainAvailable()) {
            part.failed(
                    "does not support retained messages, which states and availability need",
                    "enable them at the broker");
        }
        limits.keepAlive()
                .ifPresent(wanted -> part.ok(
                        "wants a sign of life every " + wanted.toSeconds() + " s, and the bridge keeps to that"));
        if (limits.maximumQos() == Qos.AT_MOST_ONCE) {
            part.failed("supports only QoS 0, so events can be lost in transit", "enable QoS 1 at the broker");
        }
    }

    private void checkPacketSize(long accepted, int deviceBytes) {
        Configuration.HomeAssistant homeAssistant = configuration.homeAssistant();
        boolean hasPictures =
                homeAssistant.images() || !homeAssistant.snapshots().isZero();
        int needed = Math.max(deviceBytes, hasPictures ? PICTURE_BYTES : EVENT_BYTES);
        if (accepted < needed) {
            part.failed(
                    "accepts packets of at most " + accepted + " bytes, but the bridge sends up to " + needed,
                    "raise its limit (Mosquitto: max_packet_size)");
        } else if (accepted >= PICTURE_BYTES) {
            part.ok("accepts packets of every size that the bridge sends");
        } else {
            part.ok("accepts packets of up to " + accepted + " bytes; the bridge sends up to " + needed);
        }
    }

    private void checkReceiveMaximum(int accepted) {
        if (accepted < mqtt.maxInflight()) {
            part.warning(
                    "accepts only " + accepted + " unacknowledged messages at a time; mqtt.max_inflight is "
                            + mqtt.maxInflight(),
                    "nothing is lost; if there are many events, raise its limit (Mosquitto: max_inflight_messages)");
        } else {
            part.ok("accepts " + accepted + " unacknowledged messages at a time");
        }
    }
}
