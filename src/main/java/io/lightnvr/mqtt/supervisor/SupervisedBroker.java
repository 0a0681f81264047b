package io.lightnvr.mqtt.supervisor;

import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectStage;
import io.lightnvr.mqtt.broker.Message;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to the broker that the Supervisor names. It asks again for every connection, because the password changes when
 * the broker's add-on is reinstalled; a failed question is a failed attempt to connect, with the same back-off. Thread-safe.
 */
public final class SupervisedBroker implements Broker {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedBroker.class);

    private final Supervisor supervisor;
    private final Broker broker;
    private final BrokerSettings.Tls ifTls;
    private final Consumer<Optional<String>> news;
    private final AtomicBoolean warnedOfPlain = new AtomicBoolean();

    /**
     * @param broker opens connections to what the Supervisor names
     * @param ifTls how to encrypt if that speaks TLS
     * @param news takes for each question the trouble, as a sentence, or nothing if the Supervisor answers; from any thread
     */
    public SupervisedBroker(
            Supervisor supervisor, Broker broker, BrokerSettings.Tls ifTls, Consumer<Optional<String>> news) {
        this.supervisor = supervisor;
        this.broker = broker;
        this.ifTls = ifTls;
        this.news = news;
    }

    @Override
    public Connection open(BrokerSettings settings, Listener listener) {
        SupervisedConnection connection = new SupervisedConnection();
        Thread asking = new Thread(() -> connection.ask(settings, listener), "supervisor");
        asking.setDaemon(true);
        asking.start();
        return connection;
    }

    private BrokerSettings ask(BrokerSettings client) throws NoServiceException {
        BrokerSettings settings = supervisor.broker(client, ifTls);
        news.accept(Optional.empty());
        if (client.tls().isPresent() && settings.tls().isEmpty() && warnedOfPlain.compareAndSet(false, true)) {
            LOG.warn("The broker that the Supervisor names does not use TLS; mqtt.tls_enabled applies only to a broker"
                    + " that mqtt.broker_host names");
        }
        return settings;
    }

    /** Asks on a new thread; the lock orders that with the thread that uses the connection. */
    private final class SupervisedConnection implements Connection {

        private Connection opened;
        private boolean closed;

        void ask(BrokerSettings settings, Listener listener) {
            try {
                open(SupervisedBroker.this.ask(settings), listener);
            } catch (NoServiceException e) {
                news.accept(Optional.of(e.failure().sentence()));
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

        /** Present once the listener was told that it is connected. */
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
        public void subscribeToNew(String topicFilter) {
            opened().subscribeToNew(topicFilter);
        }

        @Override
        public void subscribeToOthers(String topicFilter) {
            opened().subscribeToOthers(topicFilter);
        }

        @Override
        public void acknowledge(Receipt receipt) {
            opened().acknowledge(receipt);
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
