package io.lightnvr.mqtt.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the broker is, and who connects to it.
 *
 * @param host name or address, IPv4 or IPv6
 * @param port 1 to 65,535
 * @param clientId the client's name; the broker ends an older connection with the same one
 * @param credentials user and password, if the broker requires them
 * @param keepAlive whole seconds, 0 (off) to 65,535
 * @param tls present if the connection is encrypted
 * @param will what the broker publishes if the connection ends without DISCONNECT
 * @param session present if the broker keeps subscriptions, and messages for them, while there is no connection
 */
public record BrokerSettings(
        String host,
        int port,
        String clientId,
        Optional<Credentials> credentials,
        Duration keepAlive,
        Optional<Tls> tls,
        Optional<Will> will,
        Optional<Session> session) {

    /**
     * A session that outlives its connections (MQTT 5, 3.1.2.11). What is received on it must be {@linkplain
     * Broker.Connection#acknowledge acknowledged}.
     *
     * @param expiry how long the broker keeps it without a connection, at least 1 s
     * @param receiveMaximum how many messages the broker sends ahead of the acknowledgements, 1 to 65,535
     */
    public record Session(Duration expiry, int receiveMaximum) {}

    /** A connection whose session ends with it. */
    public BrokerSettings(
            String host,
            int port,
            String clientId,
            Optional<Credentials> credentials,
            Duration keepAlive,
            Optional<Tls> tls,
            Optional<Will> will) {
        this(host, port, clientId, credentials, keepAlive, tls, will, Optional.empty());
    }

    /**
     * How to encrypt. The broker's certificate must be for its host name.
     *
     * @param caFile authorities (PEM) to trust instead of the system's
     * @param client the client's certificate, if the broker requires one
     */
    public record Tls(Optional<Path> caFile, Optional<ClientFiles> client) {}

    /**
     * The PEM files of the client's certificate, read again for each connection. The password is never printed.
     *
     * @param certificates the client's own, followed by those that lead to its authority
     * @param key the private key of the first
     * @param keyPassword present if the key is encrypted
     */
    public record ClientFiles(Path certificates, Path key, Optional<String> keyPassword) {

        @Override
        public String toString() {
            return "ClientFiles[certificates=" + certificates + ", key=" + key + "]";
        }
    }

    /** These settings with another client id. */
    public BrokerSettings withClientId(String other) {
        return new BrokerSettings(host, port, other, credentials, keepAlive, tls, will, session);
    }

    /** These settings with a will of this QoS, if they have one. */
    public BrokerSettings withWill(Qos qos) {
        Optional<Will> other = will.map(any -> new Will(any.topic(), any.text(), qos));
        return new BrokerSettings(host, port, clientId, credentials, keepAlive, tls, other, session);
    }

    /** These settings with another client id, a session, and no will. */
    public BrokerSettings withSession(String other, Session kept) {
        return new BrokerSettings(host, port, other, credentials, keepAlive, tls, Optional.empty(), Optional.of(kept));
    }

    /** {@code host:port}, for people. */
    public String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
