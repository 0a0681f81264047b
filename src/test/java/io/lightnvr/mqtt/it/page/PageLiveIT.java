package io.lightnvr.mqtt.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.TestBed;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Live: what a camera sees is on the screen, where it is. */
class PageLiveIT {

    private static final String TILE = "#live .tile[data-stream=front_door]";
    private static final String FRAME = TILE + " .frame";

    @RegisterExtension
    static final Chromium BROWSER = new Chromium();

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void aPersonIsInABoxWhereItStandsAndTheNextEventMovesIt() {
        Scene scene = new Scene(bed);
        scene.recorder().drawFrames(stream -> Scene.plain(480, 360));
        Camera camera = scene.camera("front_door");
        scene.recorder()
                .streams()
                .setZones(camera.stream(), SimulatedZone.rectangle("z1", "Porch", 0.1f, 0.1f, 0.9f, 0.95f));
        scene.options().homeAssistant("clear_after", 60);
        scene.start();
        BROWSER.open(scene.url());
        camera.awaitWatched();

        awaitBox(camera, Scene.PERSON);

        assertThat(BROWSER.text(TILE + " .tag")).isEqualTo("person 93%");
        BROWSER.awaitText(TILE + " .present", "Person");
        BROWSER.await(TILE + " .zone.occupied");
        assertThat(BROWSER.text(TILE + " .name")).isEqualTo("front_door");
        assertThat(BROWSER.text(TILE + " .state")).isEqualTo("Online");
        Eventually.isSo(
                "the zone's outline",
                () -> picture().crossesRow(Pixels.OCCUPIED, 0.1, 0.9)
                        && picture().crossesRow(Pixels.OCCUPIED, 0.9, 0.9)
                        && picture().crossesColumn(Pixels.OCCUPIED, 0.85, 0.95));

        awaitBox(camera, new SimulatedRow("person", 0.88f, 0.45f, 0.3f, 0.3f, 0.55f));

        assertThat(BROWSER.text(TILE + " .tag")).isEqualTo("person 88%");
        assertThat(BROWSER.count(TILE + " .box")).isOne();
    }

    @Test
    void aFrameIsDrawnWhereThereIsNoPicture() {
        Scene scene = new Scene(bed);
        scene.recorder().setPictures(false);
        Camera camera = scene.camera("front_door");
        scene.start();
        BROWSER.open(scene.url());
        BROWSER.awaitText(TILE + ".pictureless .none", "No picture");
        camera.awaitWatched();

        awaitBox(camera, Scene.PERSON, () -> hasBox(frame(), Scene.PERSON));

        assertThat(BROWSER.count(TILE + " img")).isZero();
        assertThat(BROWSER.failedRequests())
                .allMatch(failed -> failed.contains("/api/picture?") && failed.contains("404"));
    }

    @Test
    void aCameraThatComesLaterGetsATileAndOneThatIsDownSaysSo() {
        Scene scene = new Scene(bed);
        scene.start();
        BROWSER.open(scene.url());
        BROWSER.awaitText("#live .empty", "No cameras yet");

        Camera camera = scene.camera("front_door");

        BROWSER.awaitText(TILE, "Online");
        BROWSER.awaitNo("#live .empty");
        scene.recorder().streams().disable(camera.stream());
        BROWSER.awaitText(TILE, "Offline");
    }

    private static void awaitBox(Camera camera, SimulatedRow row) {
        BROWSER.await(TILE + " img");
        awaitBox(camera, row, () -> hasBox(picture(), row));
    }

    /** Boxes fade after some seconds, in which a busy machine may take no picture of them: then it is seen again. */
    private static void awaitBox(Camera camera, SimulatedRow row, BooleanSupplier condition) {
        String again = "return !!document.querySelector(arguments[0])";
        camera.sees(row);
        BROWSER.awaitText(TILE + " .tag", Math.round(row.confidence() * 100) + "%");
        Eventually.isSo("a box around " + row, () -> {
            if (Boolean.TRUE.equals(BROWSER.run(again, TILE + " .overlay.faded"))) {
                camera.sees(row);
                BROWSER.await(TILE + " .overlay:not(.faded)");
            }
            return condition.getAsBoolean();
        });
    }

    private static boolean hasBox(Pixels pixels, SimulatedRow row) {
        double middle = row.y() + row.height() / 2;
        double nearTheRight = row.x() + row.width() * 0.9;
        return pixels.crossesRow(Pixels.PERSON, row.x(), middle)
                && pixels.crossesRow(Pixels.PERSON, row.x() + row.width(), middle)
                && pixels.crossesColumn(Pixels.PERSON, nearTheRight, row.y())
                && pixels.crossesColumn(Pixels.PERSON, nearTheRight, row.y() + row.height())
                && pixels.countInRow(Pixels.PERSON, middle) <= 8;
    }

    /** The camera's picture within its tile. */
    private static Pixels picture() {
        return frame().picture();
    }

    private static Pixels frame() {
        List<?> place = (List<?>) BROWSER.run("""
                const {x, y, width, height} = document.querySelector(arguments[0]).getBoundingClientRect();
                return [x, y, width, height].map(Math.round)""", FRAME);
        int[] at = place.stream().mapToInt(part -> ((Number) part).intValue()).toArray();
        BufferedImage all = BROWSER.screenshot();
        return new Pixels(all.getSubimage(
                at[0], at[1], Math.min(at[2], all.getWidth() - at[0]), Math.min(at[3], all.getHeight() - at[1])));
    }
}
