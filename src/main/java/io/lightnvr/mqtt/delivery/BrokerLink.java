package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Backoff;
import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.ConnectFailure.Kind;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the broker: a new one after each loss, sooner after weather, later after a refusal. Logs
 * transitions only. For the delivery thread alone; times are of a monotonic clock, in nanoseconds.
 */
public final class BrokerLink {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);
    private static final long CONNECT_NANOS = Duration.ofSeconds(8).toNanos();
    private static final long STEADY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final String OTHER = "-bridge";
    private static final int SUSPICIOUS = 3;
    private static final Set<ReasonCode> FOR_PEOPLE = Set.of(ReasonCode.NOT_AUTHORIZED, ReasonCode.QUOTA_EXCEEDED);

    /** Where the link stands. */
    enum State {
        DISCONNECTED,
        CONNECTING,
        CONNECTED,
        CLOSED
    }

    private final Broker broker;
    private final Backoff backoff;
    private final Consumer<DeliverySignal> signals;
    private final Consumer<String> trouble;
    private BrokerSettings settings;
    private State state = State.DISCONNECTED;
    private Broker.Connection connection;
    private long attempt;
    private long since;
    private long nextAttempt;
    private String lastFailure = "";
    private int brief;
    private boolean renamed;

    /**
     * @param now the time of the first attempt
     * @param signals takes what connections say, on any thread
     * @param trouble is told of failures, in sentences
     */
    public BrokerLink(
            Broker broker,
            BrokerSettings settings,
            Backoff backoff,
            long now,
            Consumer<DeliverySignal> signals,
            Consumer<String> trouble) {
        this.broker = broker;
        this.settings = settings;
        this.backoff = backoff;
        this.nextAttempt = now;
        this.signals = signals;
        this.trouble = trouble;
    }

    State state() {
        return state;
    }

    String clientId() {
        return settings.clientId();
    }

    /** Whether a signal is of the connection that there is now. */
    boolean concerns(DeliverySignal.OfConnection signal) {
        return signal.attempt() == attempt && (state == State.CONNECTING || state == State.CONNECTED);
    }

    /** When {@link #onTime} must be called again at the latest. */
    long deadline() {
        return switch (state) {
            case DISCONNECTED -> nextAttempt;
            case CONNECTING -> since + CONNECT_NANOS;
            case CONNECTED, CLOSED -> Long.MAX_VALUE;
        };
    }

    /** Does what is due. */
    void onTime(long now) {
        if (state == State.DISCONNECTED && now >= nextAttempt) {
            state = State.CONNECTING;
            since = now;
            attempt++;
            connection = broker.open(settings, new Ear(attempt));
        } else if (state == State.CONNECTING && now >= since + CONNECT_NANOS) {
            failed(
                    new ConnectFailure(
                            Kind.WEATHER,
                            "The broker " + connection.address() + " accepts the connection but says nothing"),
                    now);
        }
    }

    void connected(long now) {
        state = State.CONNECTED;
        since = now;
        lastFailure = "";
        LOG.info("Connected to the broker {} as {}", connection.address(), settings.clientId());
    }

    void failed(ConnectFailure failure, long now) {
        if (!failure.sentence().equals(lastFailure)) {
            LOG.warn("{}; trying again", failure.sentence());
            trouble.accept(failure.sentence());
            lastFailure = failure.sentence();
        }
        end(now, failure.kind() == Kind.REFUSAL);
    }

    /** The connection is gone, or was given up by us. */
    void lost(ReasonCode reason, String sentence, long now) {
        LOG.warn("{}; connecting again", sentence);
        trouble.accept(sentence);
        brief = now - since < STEADY_NANOS ? brief + 1 : 0;
        boolean another = reason.equals(ReasonCode.SESSION_TAKEN_OVER) && !rename(now);
        if (brief == SUSPICIOUS && reason.equals(ReasonCode.SUCCESS)) {
            suspectAnother(now);
        }
        if (now - since >= STEADY_NANOS) {
            backoff.reset();
        }
        if (state != State.DISCONNECTED) {
            end(now, another || FOR_PEOPLE.contains(reason));
        }
    }

    /** Some brokers, such as Mosquitto 2.0.11, do not say it when they end a connection for another with the same id. */
    private void suspectAnother(long now) {
        if (!renamed) {
            LOG.warn("{} connections in a row did not last and the broker does not say why", SUSPICIOUS);
            rename(now);
        }
    }

    /**
     * Goes on under another client id, since ours is somebody else's.
     *
     * @return whether there was another one left to try
     */
    boolean rename(long now) {
        String other = settings.clientId() + OTHER;
        if (renamed) {
            LOG.warn("Another client uses the id {} too: give each its own mqtt.client_id", settings.clientId());
            return false;
        }
        LOG.warn("Another client uses the id {}: going on as {}", settings.clientId(), other);
        renamed = true;
        settings = settings.as(other);
        if (state != State.DISCONNECTED) {
            backoff.reset();
            end(now, false);
        }
        return true;
    }

    void publish(long ticket, Message message) {
        connection.publish(ticket, message);
    }

    void subscribe(String topicFilter) {
        connection.subscribe(topicFilter);
    }

    /** Ends it for good, with a farewell where there is a connection. */
    void close() {
        if (state == State.CONNECTED) {
            connection.disconnect();
        }
        if (connection != null) {
            connection.close();
        }
        state = State.CLOSED;
    }

    private void end(long now, boolean refusal) {
        connection.close();
        connection = null;
        state = State.DISCONNECTED;
        Duration wait = refusal ? backoff.longest() : backoff.next();
        nextAttempt = now + wait.toNanos();
    }

    /** Makes signals of what a connection says. */
    private final class Ear implements Broker.Listener {

        private final long mine;

        Ear(long mine) {
            this.mine = mine;
        }

        @Override
        public void connected(Limits limits, Optional<ServerCertificate> certificate) {
            signals.accept(new DeliverySignal.Connected(mine, limits, certificate));
        }

        @Override
        public void failed(ConnectFailure failure) {
            signals.accept(new DeliverySignal.ConnectFailed(mine, failure));
        }

        @Override
        public void delivered(long ticket, ReasonCode reason) {
            signals.accept(new DeliverySignal.Delivered(mine, ticket, reason));
        }

        @Override
        public void subscribed(String topicFilter, ReasonCode reason) {
            signals.accept(new DeliverySignal.Subscribed(mine, topicFilter, reason));
        }

        @Override
        public void received(Topic topic, byte[] payload, boolean retained) {
            signals.accept(new DeliverySignal.Received(mine, topic, payload, retained));
        }

        @Override
        public void lost(ReasonCode reason, String sentence) {
            signals.accept(new DeliverySignal.Lost(mine, reason, sentence));
        }
    }
}
