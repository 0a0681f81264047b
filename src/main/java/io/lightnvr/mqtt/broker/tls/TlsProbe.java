package io.lightnvr.mqtt.broker.tls;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ServerCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * One look at a broker's TLS, for people who ask why it does not work; no MQTT is spoken.
 *
 * @param shown the broker's certificate, also one that we do not trust
 * @param refusal why we would not connect, a sentence with what to do; nothing where we would
 */
public record TlsProbe(Optional<ServerCertificate> shown, Optional<String> refusal) {

    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(15).toMillis();

    /** Looks at the broker of some settings, which speak TLS; takes at most some 30 s. */
    public static TlsProbe at(BrokerSettings settings) {
        Witness witness = new Witness();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {witness}, null);
            shake(settings, context.getSocketFactory(), "");
        } catch (IOException e) {
            // What we trust decides below; this one was to see the certificate.
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every Java platform has TLS", e);
        }
        Optional<String> refusal = Optional.empty();
        try {
            shake(settings, TlsSockets.factory(settings.tls().orElseThrow()), "HTTPS");
        } catch (SSLException e) {
            refusal = Optional.of(TlsFailures.of(settings, e).sentence());
        } catch (IOException e) {
            refusal = Optional.of(e.getMessage());
        }
        return new TlsProbe(Optional.ofNullable(witness.seen).map(ServerCertificate::of), refusal);
    }

    /** @param names how the certificate's names are compared, in the words of {@link SSLParameters}; empty for not */
    private static void shake(BrokerSettings settings, SSLSocketFactory factory, String names) throws IOException {
        try (Socket socket = new LenientHandshakeSocket()) {
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            SSLSocket secure = (SSLSocket) factory.createSocket(socket, settings.host(), settings.port(), true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(names);
            secure.setSSLParameters(parameters);
            secure.startHandshake();
        }
    }

    /** Sees the certificate and believes it: nothing is said on such a connection. */
    private static final class Witness implements X509TrustManager {

        private X509Certificate seen;

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            seen = chain[0];
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("We are no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
