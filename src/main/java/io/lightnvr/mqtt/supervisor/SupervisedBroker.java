package io.lightnvr.mqtt.supervisor;

import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectStage;
import io.lightnvr.mqtt.broker.Message;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker that the Supervisor knows. It is asked anew for every connection, because the password changes when the
 * broker's add-on is installed again; so all that a connection has, back-off and one sentence for each trouble, holds for
 * asking too. Thread-safe.
 */
public final class SupervisedBroker implements Broker {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedBroker.class);

    private final Supervisor supervisor;
    private final Broker broker;
    private final BrokerSettings.Tls trust;
    private final AtomicBoolean plainTold = new AtomicBoolean();

    /**
     * @param broker opens what the Supervisor names
     * @param trust whom to trust where that speaks TLS
     */
    public SupervisedBroker(Supervisor supervisor, Broker broker, BrokerSettings.Tls trust) {
        this.supervisor = supervisor;
        this.broker = broker;
        this.trust = trust;
    }

    @Override
    public Connection open(BrokerSettings settings, Listener listener) {
        SupervisedConnection connection = new SupervisedConnection();
        Thread asking = new Thread(() -> connection.ask(settings, listener), "supervisor");
        asking.setDaemon(true);
        asking.start();
        return connection;
    }

    private BrokerSettings ask(BrokerSettings own) throws NoServiceException {
        BrokerSettings settings = supervisor.broker(own, trust);
        if (own.tls().isPresent() && settings.tls().isEmpty() && plainTold.compareAndSet(false, true)) {
            LOG.warn("The broker that the Supervisor names is reached without TLS: mqtt.tls_enabled is for a broker of"
                    + " your own, and needs mqtt.broker_host");
        }
        return settings;
    }

    /** Asks on a thread of its own; the lock orders that with the one thread which uses the connection. */
    private final class SupervisedConnection implements Connection {

        private Connection opened;
        private boolean closed;

        void ask(BrokerSettings settings, Listener listener) {
            try {
                open(SupervisedBroker.this.ask(settings), listener);
            } catch (NoServiceException e) {
                listener.failed(e.failure());
            } catch (RuntimeException | Error e) {
                listener.bug(e);
            }
        }

        private synchronized void open(BrokerSettings settings, Listener listener) {
            if (!closed) {
                opened = broker.open(settings, listener);
            }
        }

        /** There is one whenever the listener has heard of it. */
        private synchronized Connection opened() {
            return opened;
        }

        @Override
        public synchronized String address() {
            return opened == null ? "of the Supervisor at " + supervisor.address() : opened.address();
        }

        @Override
        public synchronized ConnectStage stage() {
            return opened == null ? ConnectStage.LOOKING_UP : opened.stage();
        }

        @Override
        public void publish(long ticket, Message message) {
            opened().publish(ticket, message);
        }

        @Override
        public void subscribe(String topicFilter) {
            opened().subscribe(topicFilter);
        }

        @Override
        public void ping() {
            opened().ping();
        }

        @Override
        public void disconnect() {
            opened().disconnect();
        }

        @Override
        public synchronized void close() {
            closed = true;
            if (opened != null) {
                opened.close();
            }
        }
    }
}
