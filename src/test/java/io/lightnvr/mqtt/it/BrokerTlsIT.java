package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Brokers that speak TLS, and those that should. */
@Execution(ExecutionMode.CONCURRENT)
class BrokerTlsIT {

    private static final String OUR_NAMES = "DNS:localhost,IP:127.0.0.1";

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void trustsTheAuthorityThatItWasGiven() {
        Certificates certificates = new Certificates(bed, "our-ca");
        Mosquitto broker = broker(certificates.server(OUR_NAMES));
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        String ca = certificates.authority().toString();
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#", "--cafile", ca);

        BridgeProcess.run(bed, options(recorder, broker).mqtt("tls_ca_file", ca));

        camera.awaitWatched().sees(SimulatedRow.wholePicture("person", 0.9f));
        subscriber.await("lightnvr/detections/front_door");
    }

    @Test
    void checksAnAddressToo() {
        Certificates certificates = new Certificates(bed, "our-ca");
        Mosquitto broker = broker(certificates.server(OUR_NAMES));

        BridgeProcess.run(
                bed,
                options(bed.recorder(), broker)
                        .mqtt("broker_host", "127.0.0.1")
                        .mqtt("tls_ca_file", certificates.authority().toString()));

        broker.awaitClient("lightnvr-mqtt");
    }

    @Test
    void doesNotTrustAnotherAuthority() {
        Mosquitto broker = broker(new Certificates(bed, "our-ca").server(OUR_NAMES));
        String other = new Certificates(bed, "another-ca").authority().toString();

        BridgeProcess bridge =
                BridgeProcess.run(bed, options(bed.recorder(), broker).mqtt("tls_ca_file", other));

        isRefusedWith(bridge, "mqtt.tls_ca_file");
    }

    @Test
    void doesNotTrustAnAuthorityThatTheSystemDoesNotKnow() {
        Mosquitto broker = broker(new Certificates(bed, "our-ca").server(OUR_NAMES));

        BridgeProcess bridge = BridgeProcess.run(bed, options(bed.recorder(), broker));

        isRefusedWith(bridge, "mqtt.tls_ca_file");
    }

    @Test
    void doesNotTakeTheCertificateOfAnotherHost() {
        Certificates certificates = new Certificates(bed, "our-ca");
        Mosquitto broker = broker(certificates.server("DNS:broker.example"));

        BridgeProcess bridge = BridgeProcess.run(
                bed,
                options(bed.recorder(), broker)
                        .mqtt("tls_ca_file", certificates.authority().toString()));

        isRefusedWith(bridge, "host name");
        assertThat(bridge.logText()).contains("mqtt.broker_host");
    }

    @Test
    void doesNotTakeACertificateThatIsNoMoreValid() {
        Certificates certificates = new Certificates(bed, "our-ca");
        Mosquitto broker = broker(certificates.expiredServer(OUR_NAMES));

        BridgeProcess bridge = BridgeProcess.run(
                bed,
                options(bed.recorder(), broker)
                        .mqtt("tls_ca_file", certificates.authority().toString()));

        isRefusedWith(bridge, "not valid now");
    }

    @Test
    void asksWhetherAPortThatHangsUpWantsTls() {
        Mosquitto broker = broker(new Certificates(bed, "our-ca").server(OUR_NAMES));

        BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(bed.recorder(), broker.port()));

        isRefusedWith(bridge, "TLS");
    }

    @Test
    void saysThatAPortDoesNotSpeakTls() {
        Mosquitto broker = bed.broker();

        BridgeProcess bridge = BridgeProcess.run(bed, options(bed.recorder(), broker));

        isRefusedWith(bridge, "TLS");
    }

    private Mosquitto broker(List<String> lines) {
        return bed.broker(lines.toArray(String[]::new));
    }

    private static BridgeOptions options(SimulatedRecorder recorder, Mosquitto broker) {
        return BridgeOptions.of(recorder, broker.port()).mqtt("tls_enabled", true);
    }

    /** One plain sentence without a stack trace; the bridge lives, and ends when it is told to. */
    private static void isRefusedWith(BridgeProcess bridge, String text) {
        String line = bridge.awaitLog(text);

        assertThat(line).contains("broker").contains("localhost");
        assertThat(bridge.program().isAlive()).isTrue();
        assertThat(bridge.terminate()).isZero();
        assertThat(bridge.logText()).doesNotContain("\tat ").doesNotContain("Connected to the broker");
    }
}
