package io.lightnvr.mqtt.demo.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraPictureTest {

    private static BufferedImage picture(SimulatedRow... things) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(CameraPicture.jpeg(0, List.of(things))));
    }

    /** The part of the pixels of a box that are not as in the empty place. */
    private static double changed(BufferedImage image, double left, double top, double right, double bottom)
            throws IOException {
        BufferedImage empty = picture();
        int differ = 0;
        int all = 0;
        for (int x = (int) (left * 640); x < right * 640; x++) {
            for (int y = (int) (top * 360); y < bottom * 360; y++) {
                differ += distance(image.getRGB(x, y), empty.getRGB(x, y)) > 60 ? 1 : 0;
                all++;
            }
        }
        return (double) differ / all;
    }

    private static int distance(int one, int other) {
        return Stream.of(0, 8, 16)
                .mapToInt(shift -> Math.abs((one >> shift & 0xff) - (other >> shift & 0xff)))
                .sum();
    }

    @Test
    void isAJpegOfTheSizeOfASmallCamera() throws IOException {
        assertThat(picture().getWidth()).isEqualTo(640);
        assertThat(picture().getHeight()).isEqualTo(360);
        assertThat(CameraPicture.jpeg(0, List.of())).startsWith(0xff, 0xd8).hasSizeLessThan(100_000);
    }

    @Test
    void aCameraHasAPlaceOfItsOwnThatStays() {
        assertThat(CameraPicture.jpeg(0, List.of())).isEqualTo(CameraPicture.jpeg(0, List.of()));
        assertThat(Stream.of(0, 1, 2, 3)
                        .map(number ->
                                List.of(new String(CameraPicture.jpeg(number, List.of()), StandardCharsets.ISO_8859_1)))
                        .distinct())
                .hasSize(4);
    }

    @Test
    void whatOnlyMovesIsNoThing() throws IOException {
        assertThat(changed(picture(SimulatedRow.wholePicture("motion", 0.9f)), 0, 0, 1, 1))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"person", "car", "dog", "cat", "package"})
    void aThingIsWhereItWasFoundAndNowhereElse(String label) throws IOException {
        BufferedImage image = picture(new SimulatedRow(label, 0.9f, 0.5f, 0.5f, 0.25f, 0.375f));

        assertThat(changed(image, 0.5, 0.5, 0.75, 0.875)).isGreaterThan(0.05);
        assertThat(changed(image, 0, 0, 0.48, 1)).isZero();
        assertThat(changed(image, 0.77, 0, 1, 1)).isZero();
        assertThat(changed(image, 0, 0, 1, 0.48)).isZero();
    }

    @Test
    void bearsBoxesThatAreOutsideOrEmptyOrNoNumbers() throws IOException {
        for (String label : List.of("person", "car", "dog", "package")) {
            assertThat(picture(
                            new SimulatedRow(label, 0.9f, -1, -1, 0.5f, 0.5f),
                            new SimulatedRow(label, 0.9f, 2, 2, 5, 5),
                            new SimulatedRow(label, 0.9f, 0.5f, 0.5f, 0, 0),
                            new SimulatedRow(label, 0.9f, 0.5f, 0.5f, -0.5f, -0.5f),
                            new SimulatedRow(label, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN),
                            SimulatedRow.wholePicture(label, 1)))
                    .isNotNull();
        }
    }
}
