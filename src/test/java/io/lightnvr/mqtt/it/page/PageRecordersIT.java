package io.lightnvr.mqtt.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.Subscriber;
import io.lightnvr.mqtt.it.TestBed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page over several recorders. */
class PageRecordersIT {

    private static final String HEADLINE = "#headline h2";
    private static final String BARN_TILE = "#live .tile[data-stream='barn:door']";

    @RegisterExtension
    static final Chromium BROWSER = new Chromium();

    @RegisterExtension
    final TestBed bed = new TestBed();

    private final int port = Ports.free();

    private String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    private BridgeOptions options(Mosquitto broker) {
        return BridgeOptions.ofBroker(broker.port()).with("web", "port", port);
    }

    private static String recorder(int place) {
        return "#parts .part:nth-child(" + place + ")";
    }

    @Test
    void showsWhoseEachCameraIsAndLetsAFormerRecorderBeForgotten() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder house = bed.recorder();
        SimulatedRecorder barn = bed.recorder();
        Camera houseDoor = Camera.of(house, "door");
        Camera barnDoor = Camera.of(barn, "door");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "#");
        BridgeProcess bridge = BridgeProcess.run(
                bed, options(broker).recorder("house", house.url()).recorder("barn", barn.url()));
        bridge.awaitLog("The page is at " + url());
        houseDoor.awaitWatched();
        barnDoor.awaitWatched();

        BROWSER.open(url()).await(BARN_TILE).await("#live .tile[data-stream='house:door']");
        barnDoor.sees(Scene.PERSON);
        BROWSER.await(BARN_TILE + ".visited");
        assertThat(BROWSER.text(BARN_TILE + " .name")).isEqualTo("door · barn");
        assertThat(BROWSER.count("#live .tile.visited")).isOne();
        BROWSER.click("nav a[href='#visits']").await("#visits .visit");
        assertThat(BROWSER.text("#visits .visit .name")).isEqualTo("door · barn");
        BROWSER.choose("#by-stream", "house:door").awaitText("#visits .empty h2", "No matching visits");

        BROWSER.click("nav a[href='#health']").awaitText(HEADLINE, "Everything works");
        assertThat(BROWSER.text(recorder(1))).contains("Recorder", "house", "Online");
        assertThat(BROWSER.text(recorder(2))).contains("Recorder", "barn", "Online");
        assertThat(BROWSER.count("#parts .part:has(use[href='#icon-broker'])")).isOne();
        BROWSER.click("#test-event").choose("#test select", "barn:door").click("#test [value=yes]");
        BROWSER.awaitText("#status", "accepted the test event on lightnvr_barn/detections/door");
        BROWSER.click("#check").awaitText("#status", "The doctor ");
        assertThat(BROWSER.text("#doctor .findings")).contains("Broker \u2068barn\u2069");

        barn.stopListening();

        BROWSER.awaitText(HEADLINE, "barn");
        BROWSER.awaitText(recorder(2) + " .state.offline", "Offline");
        BROWSER.await(recorder(1) + " .state.online");

        assertThat(bridge.terminate()).isZero();
        subscriber.await("lightnvr_barn/availability", "offline");
        BridgeProcess.run(bed, options(broker).recorder("house", house.url()));
        BROWSER.awaitText("#findings", "The recorder barn has no entry any more");
        BROWSER.awaitText("#left li", "barn").click("#left button").click("#confirm [value=yes]");
        BROWSER.awaitText("#status", "has removed the recorder barn");
        BROWSER.awaitNo("#left");
        BROWSER.awaitNo("#findings");
        Eventually.isSo(
                "nothing of the barn at the broker",
                () -> broker.kept("%t").stream().noneMatch(topic -> topic.contains("barn")));
    }
}
