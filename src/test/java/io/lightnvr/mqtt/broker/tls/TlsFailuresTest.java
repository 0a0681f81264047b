package io.lightnvr.mqtt.broker.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.ConnectFailure.Kind;
import java.io.EOFException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TlsFailuresTest {

    private static final String BROKER = "TLS to the broker localhost:8883 fails: ";

    @Test
    void triesAgainSoonWhenABrokerThatStopsEndsTheHandshake() {
        SSLException ended = new SSLHandshakeException("Remote host terminated the handshake");
        ended.initCause(new EOFException("SSL peer shut down incorrectly"));
        SSLException reset = new SSLException("Connection reset", new SocketException("Connection reset"));

        ConnectFailure expected = new ConnectFailure(
                Kind.WEATHER,
                BROKER
                        + "the connection ended during the handshake; does this port speak TLS, and does the broker expect a"
                        + " certificate?");
        assertThat(failure(ended, false)).isEqualTo(expected);
        assertThat(failure(reset, false)).isEqualTo(expected);
    }

    @Test
    void saysWhatToDoWhenTheBrokerWantsACertificate() {
        SSLException alert = new SSLHandshakeException("Received fatal alert: certificate_required");

        assertThat(failure(alert, false))
                .isEqualTo(refusal("the broker wants a certificate (certificate_required);"
                        + " set mqtt.tls_cert_file and mqtt.tls_key_file"));
        assertThat(failure(alert, true))
                .isEqualTo(refusal("the broker wants a certificate of another kind (certificate_required);"
                        + " set mqtt.tls_cert_file and mqtt.tls_key_file"));
    }

    @Test
    void saysThatTheBrokerRejectsTheCertificate() {
        SSLException alert = new SSLHandshakeException("Received fatal alert: unknown_ca");

        assertThat(failure(alert, true))
                .isEqualTo(refusal("the broker rejects the bridge's certificate (unknown_ca); check that"
                        + " mqtt.tls_cert_file is valid and signed by an authority that the broker knows"));
        assertThat(failure(alert, false))
                .isEqualTo(refusal("the broker rejects the handshake (unknown_ca); if it wants a certificate,"
                        + " set mqtt.tls_cert_file and mqtt.tls_key_file"));
    }

    @Test
    void saysThatThePortDoesNotSpeakTls() {
        assertThat(failure(new SSLException("Unsupported or unrecognized SSL message"), false))
                .isEqualTo(refusal("this port does not speak TLS; check mqtt.broker_port"));
    }

    @Test
    void showsAnyOtherFailureAsItIs() {
        assertThat(failure(new SSLException("Something else"), false)).isEqualTo(refusal("Something else"));
    }

    private static ConnectFailure refusal(String sentence) {
        return new ConnectFailure(Kind.REFUSAL, BROKER + sentence);
    }

    private static ConnectFailure failure(SSLException failure, boolean withCertificate) {
        BrokerSettings.ClientFiles files =
                new BrokerSettings.ClientFiles(Path.of("client.pem"), Path.of("client.key"), Optional.empty());
        BrokerSettings settings = new BrokerSettings(
                "localhost",
                8883,
                "test",
                Optional.empty(),
                Duration.ofSeconds(60),
                Optional.of(new BrokerSettings.Tls(
                        Optional.empty(), withCertificate ? Optional.of(files) : Optional.empty())),
                Optional.empty());
        return TlsFailures.of(settings, failure);
    }
}
