package io.lightnvr.mqtt.broker.paho;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.spi.NetworkModuleFactory;

/**
 * Gives Paho a {@link BrokerSocket}. Paho finds this class by {@code META-INF/services} and passes it only the options,
 * so they carry the socket, in a {@link Carrier}.
 */
public final class BrokerSocketFactory implements NetworkModuleFactory {

    static final String SCHEME = "lightnvr-mqtt";

    @Override
    public Set<String> getSupportedUriSchemes() {
        return Set.of(SCHEME);
    }

    @Override
    public void validateURI(URI uri) {
        // Host and port are in the carrier: not every host name that a socket takes is valid in a URI.
    }

    @Override
    public NetworkModule createNetworkModule(URI uri, MqttConnectionOptions options, String clientId) {
        return ((Carrier) options.getSocketFactory()).socket;
    }

    /** Carries a socket through Paho's options; creates none. */
    static final class Carrier extends SocketFactory {

        private final BrokerSocket socket;

        Carrier(BrokerSocket socket) {
            this.socket = socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
