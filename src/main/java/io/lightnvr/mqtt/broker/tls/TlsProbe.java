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
 * The result of two TLS handshakes with a broker, without MQTT, to find out why TLS fails.
 *
 * @param certificate the broker's, trusted or not
 * @param refusal why the bridge would not connect, and what to do, for people; empty if it would
 */
public record TlsProbe(Optional<ServerCertificate> certificate, Optional<String> refusal) {

    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(15).toMillis();

    /** Probes the broker of settings with TLS; blocks for at most about a minute. */
    public static TlsProbe at(BrokerSettings settings) {
        CertificateRecorder recorder = new CertificateRecorder();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {recorder}, null);
            handshake(settings, context.getSocketFactory(), "");
        } catch (IOException e) {
            // The second handshake decides; this one is for the certificate.
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every Java platform has TLS", e);
        }
        Optional<String> refusal = Optional.empty();
        try {
            handshake(settings, TlsSockets.factory(settings.tls().orElseThrow()), "HTTPS");
        } catch (SSLException e) {
            refusal = Optional.of(TlsFailures.of(settings, e).sentence());
        } catch (IOException e) {
            refusal = Optional.of(TlsFailures.ofNetwork(settings).sentence());
        }
        return new TlsProbe(Optional.ofNullable(recorder.certificate).map(ServerCertificate::of), refusal);
    }

    /** @param names the algorithm of {@link SSLParameters} that compares the certificate's names; empty for none */
    private static void handshake(BrokerSettings settings, SSLSocketFactory factory, String names) throws IOException {
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

    /** Trusts and keeps any certificate: nothing is sent on this connection. */
    private static final class CertificateRecorder implements X509TrustManager {

        private X509Certificate certificate;

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            certificate = chain[0];
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("This is not a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
