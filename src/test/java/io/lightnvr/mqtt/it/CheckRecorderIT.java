package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.Account;
import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedPublisher;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code check} against a recorder in each way that it should not be. */
@Execution(ExecutionMode.CONCURRENT)
class CheckRecorderIT {

    @RegisterExtension
    final TestBed bed = new TestBed();

    private SimulatedRecorder recorder;

    @BeforeEach
    void startARecorderThatSeesSomething() {
        recorder = Checked.soundRecorder(bed);
    }

    @Test
    void tellsARecorderThatIsNotThere() {
        recorder.stopListening();

        Checked checked =
                Checked.check(bed, BridgeOptions.of(recorder, bed.broker().port()));

        assertThat(checked.status()).isOne();
        assertThat(checked.line(": Connection refused"))
                .startsWith("failed   recorder: cannot connect to port " + recorder.port() + " of 127.0.0.1: ")
                .endsWith(" or correct nvr.url; in a container, 127.0.0.1 is the container itself");
        assertThat(checked.line("accepts the connection")).startsWith("ok ");
    }

    @Test
    void tellsAServerThatIsNoRecorder() {
        recorder.faults().answerCallsWithHtml("/");

        Checked checked =
                Checked.check(bed, BridgeOptions.of(recorder, bed.broker().port()));

        assertThat(checked.status()).isOne();
        assertThat(checked.line("is not one that LightNVR gives")).startsWith("failed   recorder: ");
    }

    @Test
    void tellsARecorderThatHangs() throws IOException {
        SilentServer silent = bed.own(new SilentServer());
        URI url = URI.create("http://127.0.0.1:" + silent.port());

        Checked checked = Checked.check(bed, BridgeOptions.of(url, bed.broker().port()));

        assertThat(checked.status()).isOne();
        assertThat(checked.line("did not finish its answer")).startsWith("failed   recorder: ");
    }

    @Test
    void tellsALoginThatIsRefusedAndOneThatIsAccepted() {
        SimulatedRecorder guarded =
                bed.recorder(RecorderSetup.open().withAccounts(Account.admin("anna", "s3cret", "k3y")));
        int broker = bed.broker().port();
        BridgeOptions options = BridgeOptions.of(guarded, broker).nvr("username", "anna");

        Checked refused = Checked.check(bed, options.nvr("password", "wr0ng"));
        Checked accepted = Checked.check(bed, options.nvr("password", "s3cret"));

        assertThat(refused.status()).isOne();
        assertThat(refused.line("refuses the login of anna"))
                .startsWith("failed   recorder: ")
                .contains("check nvr.username and nvr.password")
                .doesNotContain("wr0ng");
        assertThat(accepted.lines()).contains("ok       recorder: accepts the login of anna (admin)");
    }

    @Test
    void tellsStreamsThatAreDownClocksThatDifferAndPublishersInTheWay() {
        InstantSource ahead = () -> Instant.now().plus(Duration.ofMinutes(7));
        SimulatedRecorder strange = bed.recorder(RecorderSetup.open().withClock(ahead));
        strange.streams().add(SimulatedStream.running("front_door"));
        strange.streams().add(SimulatedStream.stopped("yard"));
        Mosquitto broker = bed.broker();
        strange.setNativePublisher(
                new SimulatedPublisher(true, "localhost", broker.port(), "lightnvr-mqtt", "lightnvr", true));

        Checked checked = Checked.check(bed, BridgeOptions.of(strange, broker.port()));

        assertThat(checked.status()).isZero();
        assertThat(checked.line("ahead of this machine's")).startsWith("warning  recorder: its clock is 4");
        assertThat(checked.line("streams: 2 configured, 2 enabled, 1 up; down: yard"))
                .startsWith("warning ");
        assertThat(checked.line("no running stream has detected anything")).startsWith("warning ");
        assertThat(checked.line("publishes to lightnvr/detections itself")).contains("nvr.topic_prefix");
        assertThat(checked.line("announces its own entities")).startsWith("warning ");
        assertThat(checked.line("uses the client id lightnvr-mqtt at the bridge's broker"))
                .startsWith("warning ");
    }

    @Test
    void tellsWhetherDetectionsAreHeardOrReadAndWhetherThatNeedsALogin() {
        SimulatedRecorder today = bed.recorder(
                RecorderSetup.open().of(Generation.V0_47).withAccounts(Account.admin("anna", "s3cret", "k3y")));
        today.streams().add(SimulatedStream.running("front_door"));
        Mosquitto broker = bed.broker();
        BridgeOptions options = BridgeOptions.of(today, broker.port()).nvr("topic_prefix", PublishingRecorder.PREFIX);

        Checked silent = Checked.check(bed, options);
        PublishingRecorder.start(bed, today, broker.port());
        broker.log()
                .await(
                        "the recorder's presence",
                        line -> line.contains("Received PUBLISH from lightnvr ") && line.contains("nvr/v1/status/"));
        Checked heard = Checked.check(bed, options);
        Checked both = Checked.check(bed, options.nvr("api_key", "k3y"));

        assertThat(silent.status()).isNotZero();
        assertThat(silent.line("LightNVR 0.39 and later show detections only to a login"))
                .startsWith("failed ");
        assertThat(silent.line("publishes no events on nvr/v1/events")).startsWith("ok ");
        assertThat(heard.status()).isZero();
        assertThat(heard.line("detections are heard at once")).contains("without a login", "can invent");
        assertThat(both.line("detections are heard at once")).doesNotContain("without a login");
    }
}
