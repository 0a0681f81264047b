package io.lightnvr.mqtt.broker.paho;

import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.ConnectStage;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.tls.TlsSockets;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * Connects with Eclipse Paho. Each connection is a new client that keeps nothing: Paho's reconnecting, buffering and
 * persistence lose messages, because it uses topic aliases and cannot resume a session with them (paho.mqtt.java issues
 * 1104, 527, 510). Thread-safe.
 */
public final class PahoBroker implements Broker {

    @Override
    public Connection open(BrokerSettings settings, Listener listener) {
        Optional<SSLSocketFactory> tls;
        try {
            tls = settings.tls().isPresent()
                    ? Optional.of(TlsSockets.factory(settings.tls().get()))
                    : Optional.empty();
        } catch (IOException e) {
            listener.failed(new ConnectFailure(ConnectFailure.Kind.REFUSAL, e.getMessage()));
            return new NoConnection(settings.address());
        }
        PahoConnection connection = new PahoConnection(settings, listener, tls);
        connection.start();
        return connection;
    }

    /** An attempt that failed before it began. */
    private record NoConnection(String address) implements Connection {

        @Override
        public ConnectStage stage() {
            return ConnectStage.RESOLVING;
        }

        @Override
        public void publish(long ticket, Message message) {
            throw new IllegalStateException("There is no connection to publish on");
        }

        @Override
        public void subscribe(String topicFilter) {
            throw new IllegalStateException("There is no connection to subscribe on");
        }

        @Override
        public void ping() {
            throw new IllegalStateException("There is no connection to ping on");
        }

        @Override
        public void disconnect() {}

        @Override
        public void close() {}
    }
}
