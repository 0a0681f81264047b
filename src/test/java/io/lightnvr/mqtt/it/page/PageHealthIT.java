package io.lightnvr.mqtt.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.Subscriber;
import io.lightnvr.mqtt.it.TestBed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** Health: what is wrong while one looks, and what one can have the bridge do. */
class PageHealthIT {

    private static final String HEADLINE = "#headline h2";
    private static final String BROKER = "#parts .part:has(use[href='#icon-broker'])";
    private static final String HOME_ASSISTANT = "#parts .part:has(use[href='#icon-home_assistant'])";
    private static final String WAITING = "#counters .waiting dd";

    private static final String GARAGE_CONFIG = "homeassistant/device/lightnvr_mqtt_stream_garage/config";

    @RegisterExtension
    static final Chromium BROWSER = new Chromium();

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void aBrokerThatIsAwayAndABridgeThatIsKilledAreSeenAtOnce() {
        Scene scene = new Scene(bed);
        Camera camera = scene.camera("front_door");
        scene.start();
        BROWSER.open(scene.url() + "#health");
        camera.awaitWatched();
        BROWSER.awaitText(HEADLINE, "Everything works");
        BROWSER.awaitText(BROKER + " .state", "Online");
        BROWSER.awaitText(HOME_ASSISTANT + " .sentence", "It announces itself only when it starts or stops.");
        assertThat(BROWSER.text(WAITING)).isEqualTo("0");
        assertThat(BROWSER.text("#counters .waiting dt")).isEqualTo("Messages waiting");

        scene.broker().stop();

        BROWSER.awaitText(HEADLINE, "Broker: no connection since ");
        BROWSER.awaitText(BROKER + " .state.offline", "Offline");
        BROWSER.await("nav #trouble");
        BROWSER.awaitText(".last-error", "Last problem");
        BROWSER.await(".last-error:not(.old) time");
        assertThat(BROWSER.text(".last-error span")).contains("The broker ");
        camera.sees(Scene.PERSON);
        BROWSER.await("what waits", "return +document.querySelector(arguments[0]).textContent > 0", WAITING);
        int waiting = Integer.parseInt(BROWSER.text(WAITING));
        camera.sees(Scene.CAR);
        BROWSER.await(
                "more that waits",
                "return +document.querySelector(arguments[0]).textContent > arguments[1]",
                WAITING,
                waiting);
        assertThat(BROWSER.text("#counters .oldest dd")).isNotEqualTo("–");

        scene.broker().start();

        BROWSER.awaitText(HEADLINE, "Everything works");
        BROWSER.awaitText(BROKER + " .state.online", "Online");
        BROWSER.awaitNo("nav #trouble");
        BROWSER.await("nothing to wait", "return document.querySelector(arguments[0]).textContent === '0'", WAITING);

        scene.bridge().program().kill();

        BROWSER.await("body.lost");
        BROWSER.awaitText("#status", "The connection to the bridge is lost");
        scene.start();
        BROWSER.await("the page to come back", "return !document.body.classList.contains('lost')");
        BROWSER.awaitText(HEADLINE, "Everything works");
        assertThat(BROWSER.text("#status")).doesNotContain("lost");
    }

    @Test
    void theDoctorSaysWhatItFindsAsItFindsIt() {
        Scene scene = new Scene(bed);
        scene.camera("front_door");
        scene.start();
        BROWSER.open(scene.url() + "#health");
        BROWSER.awaitText(HEADLINE, "Everything works");
        BROWSER.run("""
                window.steps = [];
                const list = document.querySelector('#doctor .findings');
                new MutationObserver(() => steps.push(list.children.length)).observe(list, {childList: true});""");

        BROWSER.click("#check");

        BROWSER.awaitText("#status", "The doctor ");
        BROWSER.awaitNo("#doctor .working");
        assertThat(BROWSER.count("#doctor .findings li")).isGreaterThan(3);
        assertThat(BROWSER.text("#doctor .findings")).contains("Recorder").contains("Broker");
        assertThat((List<?>) BROWSER.run("return steps"))
                .as("it did not come all at once")
                .hasSizeGreaterThan(2);
    }

    @Test
    void aTestEventArrivesAndEverythingIsAnnouncedAgain() {
        Scene scene = new Scene(bed);
        scene.camera("front_door");
        scene.camera("garage");
        Subscriber subscriber = Subscriber.start(bed, scene.broker(), "listener", "#");
        scene.start();
        BROWSER.open(scene.url() + "#health");
        subscriber.await(GARAGE_CONFIG);

        BROWSER.click("#test-event")
                .choose("#test select", "garage")
                .write("#test input", "cat")
                .click("#test [value=yes]");

        BROWSER.awaitText("#status", "The broker has accepted the test event on lightnvr/detections/garage");
        assertThat(subscriber.await("lightnvr/detections/garage").payload()).contains("\"cat\"");
        int announced = subscriber.on(GARAGE_CONFIG).size();

        BROWSER.click("#announce");

        BROWSER.awaitText("#status", "announces everything to Home Assistant again");
        subscriber.await(GARAGE_CONFIG, announced + 1);
    }

    @Test
    void aStreamThatIsGoneIsForgotten() {
        Scene scene = new Scene(bed);
        scene.camera("front_door");
        Camera garage = scene.camera("garage");
        scene.start();
        Eventually.isSo("a device of the garage", () -> scene.kept().contains(GARAGE_CONFIG));
        scene.bridge().terminate();
        scene.recorder().streams().delete(garage.stream());
        scene.start();
        BROWSER.open(scene.url() + "#health");
        BROWSER.awaitText("#gone li", "garage");

        BROWSER.click("#gone button");
        BROWSER.awaitText("#confirm", "garage").press(Keys.ESCAPE);
        BROWSER.awaitNo("#confirm");
        assertThat(BROWSER.count("#gone li")).isOne();
        BROWSER.click("#gone button").click("#confirm [value=yes]");

        BROWSER.awaitText("#status", "removes the device and the retained messages of garage");
        BROWSER.awaitNo("#gone");
        Eventually.isSo(
                "nothing of the garage at the broker",
                () -> scene.kept().stream().noneMatch(topic -> topic.contains("garage")));
        BROWSER.click("nav a[href='#live']").await("#live .tile[data-stream=front_door]");
        BROWSER.awaitNo("#live .tile[data-stream=garage]");
    }

    @Test
    void theReportNamesNobodyAndTheConfigurationHidesWhatIsSecret() {
        Path passwords = Mosquitto.passwords(bed, "alice:s3cret-w0rd");
        Scene scene = new Scene(bed, bed.broker("allow_anonymous false", "password_file " + passwords));
        scene.options()
                .mqtt("username", "alice")
                .mqtt("password", "s3cret-w0rd")
                .mqtt("broker_host", "127.0.0.1");
        scene.recorder()
                .streams()
                .setZones(scene.camera("nursery").stream(), SimulatedZone.rectangle("z1", "Cradle", 0, 0, 1, 1));
        scene.start();
        BROWSER.permit("clipboardReadWrite", "clipboardSanitizedWrite").open(scene.url() + "#health");
        BROWSER.awaitText(HEADLINE, "Everything works");

        BROWSER.click("#report");

        BROWSER.awaitText("#status", "Copied.");
        assertThat(BROWSER.runAsync("navigator.clipboard.readText().then(arguments[0], arguments[0])")
                        .toString())
                .contains("LightNVR MQTT", "Neighbours", "Configuration", "mqtt.password: ")
                .doesNotContain("nursery")
                .doesNotContain("Cradle")
                .doesNotContain("alice")
                .doesNotContain("s3cret");
        BROWSER.click("#configuration summary");
        BROWSER.awaitText("#configuration dl", "mqtt.password");
        assertThat(BROWSER.text("#configuration dl"))
                .contains(scene.recorder().url().toString())
                .contains("(hidden)")
                .doesNotContain("s3cret");
    }

    @Test
    void theReportIsShownWhereTheBrowserDoesNotCopy() {
        Scene scene = new Scene(bed);
        scene.start();
        BROWSER.forbid("clipboard-write").open(scene.url() + "#health");
        BROWSER.awaitText(HEADLINE, "Everything works");

        BROWSER.click("#report").await("#copy textarea");

        assertThat(BROWSER.run("return getSelection().toString() || document.activeElement.value")
                        .toString())
                .startsWith("LightNVR MQTT ");
        BROWSER.press(Keys.ESCAPE).awaitNo("#copy");
    }

    @Test
    void aWarningIsInTheLogAsSoonAsItIsWritten() {
        Scene scene = new Scene(bed);
        scene.camera("front_door");
        scene.start();
        BROWSER.open(scene.url() + "#health");
        BROWSER.awaitText(".log", "The recorder at ");
        assertThat(BROWSER.count(".log .WARN")).isZero();

        scene.recorder().stopListening();

        BROWSER.await(".log .WARN");
        BROWSER.awaitText(HEADLINE, "Recorder: no connection");
        BROWSER.choose("#log-level", "WARN").awaitNo(".log .INFO");
        assertThat(BROWSER.count(".log .WARN")).isPositive();
    }
}
