package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Backoff;
import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.ConnectFailure.Kind;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the broker: makes a new one after each loss, sooner after bad weather, later after a refusal. Logs
 * transitions only. For the delivery thread alone; times are nanoseconds of a monotonic clock.
 */
final class BrokerLink {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);
    private static final long CONNECT_NANOS = Duration.ofSeconds(8).toNanos();
    private static final long STEADY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final String OTHER = "-bridge";
    private static final int SUSPICIOUS = 3;
    private static final Set<ReasonCode> FOR_PEOPLE = Set.of(ReasonCode.NOT_AUTHORIZED, ReasonCode.QUOTA_EXCEEDED);

    /** Under which id the bridge connects. */
    private enum Id {
        OWN,
        /** The other one for one connection, on mere suspicion. */
        OTHER_ONCE,
        /** The other one from now on, since another client has taken over the own one. */
        OTHER
    }

    /** The stages of a link. */
    enum State {
        DISCONNECTED,
        CONNECTING,
        CONNECTED,
        CLOSED
    }

    private final Broker broker;
    private final Backoff backoff;
    private final DeliveryMailbox mailbox;
    private final Consumer<String> trouble;
    private BrokerSettings settings;
    private State state = State.DISCONNECTED;
    private Broker.Connection connection;
    private long attempt;
    private long since;
    private long nextAttempt;
    private String lastFailure = "";
    private int brief;
    private Id id = Id.OWN;

    /**
     * @param mailbox gets the news of each connection, from any thread
     * @param trouble takes failures, as sentences
     * @param now the time of the first attempt
     */
    BrokerLink(
            Broker broker,
            BrokerSettings settings,
            Backoff backoff,
            DeliveryMailbox mailbox,
            Consumer<String> trouble,
            long now) {
        this.broker = broker;
        this.settings = settings;
        this.backoff = backoff;
        this.nextAttempt = now;
        this.mailbox = mailbox;
        this.trouble = trouble;
    }

    State state() {
        return state;
    }

    /** Whether a signal concerns the connection that there is now. */
    boolean concerns(DeliverySignal.OfConnection signal) {
        return signal.attempt() == attempt && (state == State.CONNECTING || state == State.CONNECTED);
    }

    /** How long until {@link #refresh} is due. */
    OptionalLong waitNanos(long now) {
        return switch (state) {
            case DISCONNECTED -> OptionalLong.of(nextAttempt - now);
            case CONNECTING -> OptionalLong.of(since + CONNECT_NANOS - now);
            case CONNECTED, CLOSED -> OptionalLong.empty();
        };
    }

    /** Begins the next attempt, or gives up one that takes too long. */
    void refresh(long now) {
        if (state == State.DISCONNECTED && now - nextAttempt >= 0) {
            state = State.CONNECTING;
            since = now;
            attempt++;
            connection = broker.open(settings.withClientId(clientId()), new ConnectionNews(attempt, clientId()));
        } else if (state == State.CONNECTING && now - since >= CONNECT_NANOS) {
            failed(
                    new ConnectFailure(
                            Kind.WEATHER,
                            "The broker " + connection.address() + " "
                                    + connection.stage().silence()),
                    now);
        }
    }

    /** Gives an attempt so much more time. */
    void postpone(long nanos) {
        since += state == State.CONNECTING ? nanos : 0;
    }

    void connected(long now) {
        state = State.CONNECTED;
        since = now;
        lastFailure = "";
        LOG.info("Connected to the broker {} as {}", connection.address(), clientId());
    }

    void failed(ConnectFailure failure, long now) {
        if (!failure.sentence().equals(lastFailure)) {
            LOG.warn("{}; trying again", failure.sentence());
            trouble.accept(failure.sentence());
            lastFailure = failure.sentence();
        }
        if (failure.kind() == Kind.WILL) {
            settings = settings.withWill(Qos.AT_MOST_ONCE);
        }
        end(now, failure.kind() == Kind.REFUSAL && id != Id.OTHER_ONCE);
    }

    /** The connection is gone, or the bridge has given it up. */
    void lost(ReasonCode reason, String sentence, long now) {
        LOG.warn("{}; connecting again", sentence);
        trouble.accept(sentence);
        brief = now - since < STEADY_NANOS ? brief + 1 : 0;
        boolean another = reason.equals(ReasonCode.SESSION_TAKEN_OVER) && !rename(now);
        if (state != State.DISCONNECTED) {
            if (now - since >= STEADY_NANOS) {
                backoff.reset();
            }
            end(now, another || FOR_PEOPLE.contains(reason));
            if (brief == SUSPICIOUS && reason.equals(ReasonCode.SUCCESS)) {
                suspectAnother();
            }
        }
    }

    /**
     * Some brokers, such as Mosquitto 2.0.11, end a connection for another with the same id without giving that reason. So may a
     * bad line: the next connection alone has the other id.
     */
    private void suspectAnother() {
        brief = 0;
        if (id == Id.OWN) {
            id = Id.OTHER_ONCE;
            LOG.warn(
                    "{} connections in a row did not last, and the broker gives no reason: trying the id {} once, in case"
                            + " another client uses {}",
                    SUSPICIOUS,
                    clientId(),
                    settings.clientId());
        }
    }

    /**
     * Continues under another client id, since another client uses this one.
     *
     * @return whether there was another id left to try
     */
    boolean rename(long now) {
        if (id != Id.OWN) {
            LOG.warn(
                    "Another client uses the id {} too: give each its own mqtt.client_id; if the broker allows each user one connection"
                            + " (use_username_as_clientid in Mosquitto), turn that off",
                    clientId());
            return false;
        }
        id = Id.OTHER;
        LOG.warn("Another client uses the id {}: continuing as {}", settings.clientId(), clientId());
        if (state != State.DISCONNECTED) {
            backoff.reset();
            end(now, false);
        }
        return true;
    }

    private String clientId() {
        return id == Id.OWN ? settings.clientId() : settings.clientId() + OTHER;
    }

    void publish(long ticket, Message message) {
        connection.publish(ticket, message);
    }

    void subscribe(String topicFilter) {
        connection.subscribe(topicFilter);
    }

    void subscribeToNew(String topicFilter) {
        connection.subscribeToNew(topicFilter);
    }

    void subscribeAsPublished(String topicFilter) {
        connection.subscribeAsPublished(topicFilter);
    }

    void subscribeToOthers(String topicFilter) {
        connection.subscribeToOthers(topicFilter);
    }

    /**
     * Ends the link for good.
     *
     * @param isAcknowledged whether the broker has acknowledged everything, {@code offline} too; otherwise there is no farewell,
     *     so that the broker publishes the will
     */
    void close(boolean isAcknowledged) {
        if (state == State.CONNECTED && isAcknowledged) {
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
        id = id == Id.OTHER_ONCE ? Id.OWN : id;
        Duration wait = refusal ? backoff.longest() : backoff.next();
        nextAttempt = now + wait.toNanos();
    }

    /** Sends the news of one connection to the delivery thread. */
    private final class ConnectionNews implements Broker.Listener {

        private final long number;
        private final String clientId;

        ConnectionNews(long number, String clientId) {
            this.number = number;
            this.clientId = clientId;
        }

        @Override
        public void connected(Limits limits, Optional<ServerCertificate> certificate) {
            mailbox.send(new DeliverySignal.Connected(number, clientId, limits, certificate));
        }

        @Override
        public void failed(ConnectFailure failure) {
            mailbox.send(new DeliverySignal.ConnectFailed(number, failure));
        }

        @Override
        public void delivered(long ticket, ReasonCode reason) {
            mailbox.send(new DeliverySignal.Answered(number, ticket, reason));
        }

        @Override
        public void subscribed(String topicFilter, ReasonCode reason) {
            mailbox.send(new DeliverySignal.Subscribed(number, topicFilter, reason));
        }

        @Override
        public void received(Topic topic, byte[] payload, boolean retained) {
            mailbox.send(new DeliverySignal.Received(number, topic, payload, retained));
        }

        @Override
        public void lost(ReasonCode reason, String sentence) {
            mailbox.send(new DeliverySignal.Lost(number, reason, sentence));
        }

        @Override
        public void bug(Throwable fault) {
            mailbox.send(new DeliverySignal.Bug(fault));
        }
    }
}
