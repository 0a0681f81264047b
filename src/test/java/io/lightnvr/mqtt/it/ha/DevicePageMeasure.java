package io.lightnvr.mqtt.it.ha;

import static io.lightnvr.mqtt.it.Measured.report;

import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.TestBed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Takes the picture of a stream's page in Home Assistant that the README shows. Not a part of the tests:
 * {@code .ci/measure DevicePage} runs it, with Debian's {@code chromium} and {@code chromium-driver}.
 */
class DevicePageMeasure {

    private static final Path PICTURE = Path.of(System.getProperty("basedir", ""), "docs/device-page.png");

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void ofAStream() {
        House house = new House(bed);
        Camera door = house.camera("Front Door");
        house.recorder().setPictures(true);
        house.recorder()
                .streams()
                .setZones(
                        door.stream(),
                        SimulatedZone.rectangle("z1", "Entrance", 0, 0, 1, 1),
                        SimulatedZone.rectangle("z2", "Path", 0, 0, 0.1f, 0.1f));
        HomeAssistant homeAssistant = house.homeAssistant();
        house.options().homeAssistant("images", true).homeAssistant("clear_after", 300);
        house.startBridge();
        homeAssistant.awaitState("image.front_door_picture", "a picture", SeenState::isKnown);
        door.awaitWatched().sees(House.PERSON, House.CAR);
        homeAssistant.awaitState("binary_sensor.front_door_person", "on");
        homeAssistant.awaitState("event.front_door_detection", "something", SeenState::isKnown);
        SeenDevice device = homeAssistant
                .registry()
                .device("lightnvr_mqtt_stream_Front_Door-" + door.stream().hash());

        try (Browser browser = Browser.start(bed)) {
            browser.logIn(homeAssistant.url(), homeAssistant.token());
            browser.height(1190);
            browser.open(homeAssistant.url() + "/config/devices/device/" + device.id());
            browser.awaitText("Person count");
            browser.awaitGone("ha-launch-screen");
            browser.screenshot(PICTURE);
        }
        report("the picture is in %s", PICTURE.getFileName());
    }
}
