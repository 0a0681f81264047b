package io.lightnvr.mqtt.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.TestBed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Visits: who came by, as it happens and after a restart. */
class PageVisitsIT {

    private static final String CARD = "#visits .visit";
    private static final String WITH_PICTURE =
            "return [...document.querySelectorAll('#visits .visit')].filter(card => {"
                    + " const image = card.querySelector('img');"
                    + " image.scrollIntoView();"
                    + " return !image.hidden && image.naturalWidth === 640"
                    + " && card.querySelectorAll('rect.box').length === 1;"
                    + "}).length === arguments[0]";

    @RegisterExtension
    static final Chromium BROWSER = new Chromium();

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void comeWithoutAReloadHavePicturesAndFiltersAndOutliveTheBridge() {
        Scene scene = new Scene(bed);
        Camera door = scene.camera("front_door");
        Camera garage = scene.camera("garage");
        scene.options().homeAssistant("clear_after", 5);
        scene.start();
        BROWSER.open(scene.url() + "#visits");
        BROWSER.awaitText("#visits .empty", "Nobody has come by yet");
        door.awaitWatched();
        garage.awaitWatched();

        door.sees(Scene.PERSON);

        BROWSER.awaitText(CARD, "Person");
        BROWSER.awaitText(CARD, "person 93%");
        BROWSER.awaitText(CARD, "front_door");
        BROWSER.await("the end of the visit", "return !document.querySelector('#visits .visit.open')");
        BROWSER.awaitText(CARD + " .duration", "for ");
        assertThat(BROWSER.run("return document.querySelector('#visits .visit .page').href")
                        .toString())
                .startsWith(scene.recorder().url() + "/timeline.html?stream=front_door");

        garage.sees(Scene.CAR);

        BROWSER.awaitText(CARD + ".open .duration", "There now");
        BROWSER.awaitText(CARD + ":not(.open) h3", "Vehicle");
        BROWSER.await("two pictures, each with its box", WITH_PICTURE, 2);

        BROWSER.choose("#by-stream", "garage");
        BROWSER.await("one visit", "return document.querySelectorAll('#visits .visit').length === 1");
        BROWSER.reload();
        BROWSER.awaitText(CARD, "Vehicle");
        assertThat(BROWSER.count(CARD)).isOne();
        assertThat(BROWSER.text("#visits-summary")).isEqualTo("1 of the last 2");
        BROWSER.choose("#by-stream", "").choose("#by-group", "person");
        BROWSER.awaitText(CARD, "front_door");
        assertThat(BROWSER.count(CARD)).isOne();
        BROWSER.choose("#by-stream", "garage");
        BROWSER.awaitText("#visits .empty", "No matching visits");
        BROWSER.click("#show-all");
        BROWSER.await("both visits", "return document.querySelectorAll('#visits .visit').length === 2");

        assertThat(scene.bridge().terminate()).isZero();
        BROWSER.await("body.lost");
        scene.start();

        BROWSER.await("the page to come back", "return !document.body.classList.contains('lost')");
        assertThat(BROWSER.count(CARD)).isEqualTo(2);
        BROWSER.reload();
        BROWSER.await("both pictures", WITH_PICTURE, 2);
    }

    @Test
    void haveNoPicturesWhereNoneAreToBeKept() {
        Scene scene = new Scene(bed);
        Camera camera = scene.camera("front_door");
        scene.options().with("web", "history", 0);
        scene.start();
        BROWSER.open(scene.url() + "#visits");
        camera.awaitWatched();

        camera.sees(Scene.PERSON);

        BROWSER.awaitText(CARD, "Person");
        BROWSER.awaitText(CARD + ":not(.open) .duration", "for ");
        assertThat(BROWSER.count(CARD + " img")).isZero();
        assertThat(bed.folder().resolve("lightnvr-mqtt-data"))
                .satisfiesAnyOf(
                        data -> assertThat(data).doesNotExist(),
                        data -> assertThat(data).isDirectoryNotContaining("glob:**.jpeg"));
    }
}
