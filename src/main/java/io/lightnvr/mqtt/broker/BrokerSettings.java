package io.lightnvr.mqtt.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a broker and as whom.
 *
 * @param host name or address, IPv4 or IPv6
 * @param port 1 to 65,535
 * @param clientId who we are; the broker ends an older connection under the same id
 * @param credentials user and password, where the broker wants them
 * @param keepAlive whole seconds, 0 (never) to 65,535
 * @param tls present where the connection is encrypted
 * @param will what to say in our name when we vanish
 */
public record BrokerSettings(
        String host,
        int port,
        String clientId,
        Optional<Credentials> credentials,
        Duration keepAlive,
        Optional<Tls> tls,
        Optional<Will> will) {

    /**
     * An encrypted connection; the broker's certificate must fit its host name.
     *
     * @param caFile certificates (PEM) to trust instead of the system's
     * @param own what proves who we are, where the broker wants a certificate
     */
    public record Tls(Optional<Path> caFile, Optional<ClientFiles> own) {}

    /**
     * The files (PEM) of our own certificate, read anew for each connection; the password is never printed.
     *
     * @param certificates our own first, then those that lead to its authority
     * @param key the private key of the first
     * @param keyPassword where the key is encrypted
     */
    public record ClientFiles(Path certificates, Path key, Optional<String> keyPassword) {

        @Override
        public String toString() {
            return "ClientFiles[certificates=" + certificates + ", key=" + key + "]";
        }
    }

    /** The same broker as another client. */
    public BrokerSettings as(String otherClientId) {
        return new BrokerSettings(host, port, otherClientId, credentials, keepAlive, tls, will);
    }

    /** {@code host:port}, for people. */
    public String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
