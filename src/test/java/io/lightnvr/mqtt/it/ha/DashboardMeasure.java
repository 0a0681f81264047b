package io.lightnvr.mqtt.it.ha;

import static io.lightnvr.mqtt.it.Measured.report;

import io.lightnvr.mqtt.documents.RecipeFile;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.TestBed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Takes the picture of the dashboard that the recipes show. Not a part of the tests: {@code .ci/measure Dashboard} runs
 * it, with Debian's {@code chromium} and {@code chromium-driver}.
 */
class DashboardMeasure {

    private static final Path PICTURE = RecipeFile.DASHBOARD.path().resolveSibling("dashboard.png");

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void ofACamera() {
        House house = new House(bed);
        Camera door = house.camera("front_door");
        house.recorder().setPictures(true);
        house.options().homeAssistant("images", true).homeAssistant("clear_after", 300);
        HomeAssistant homeAssistant =
                house.homeAssistant(HomeAssistantOptions.standard().yaml("history:\nlogbook:\n"));
        house.startBridge();
        homeAssistant.awaitState("image.front_door_picture", "a picture", SeenState::isKnown);
        door.awaitWatched();
        Recipes.saveDashboard(homeAssistant);
        door.sees(House.DOG, House.CAR);
        homeAssistant.awaitState("binary_sensor.front_door_animal", "on");
        door.sees(House.PERSON);
        homeAssistant.awaitState("binary_sensor.front_door_person", "on");
        homeAssistant.awaitState(
                "event.front_door_visit",
                "a person",
                state -> state.attribute("event_type").equals("person"));
        homeAssistant.awaitState("binary_sensor.lightnvr_mqtt_recorder_connection", "on");

        try (Browser browser = Browser.start(bed)) {
            browser.logIn(homeAssistant.url(), homeAssistant.token());
            browser.height(730);
            browser.open(homeAssistant.url() + "/" + Recipes.DASHBOARD);
            browser.awaitText("Events missed");
            browser.awaitText("Last visit");
            browser.awaitGone("ha-launch-screen");
            browser.screenshot(PICTURE);
        }
        report("the picture is in %s", PICTURE.getFileName());
    }
}
