package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pictures of streams that are in privacy mode. */
class LightNvrPrivacyTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("Back Yard");
    private static final String PICTURE = "/go2rtc/api/frame.jpeg";

    private final SourceBench bench = new SourceBench();

    @BeforeEach
    void serveAPicture() {
        bench.recorder.instead.put(PICTURE, LightNvrPollTest.JPEG);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void takesNoPictureOfAStreamInPrivacyModeNorFor30SecondsAfterwards() throws Exception {
        bench.recorder.inPrivacy.add("front_door");
        bench.source.streams();

        assertThat(bench.source.snapshot(DOOR)).isEmpty();
        assertThat(bench.source.isPrivate(DOOR)).isTrue();
        assertThat(bench.recorder.asked()).noneMatch(line -> line.contains(PICTURE));
        assertThat(bench.source.snapshot(YARD)).isPresent();

        bench.recorder.inPrivacy.clear();
        bench.source.streams();
        bench.pass(29);
        assertThat(bench.source.snapshot(DOOR)).isEmpty();
        bench.pass(1);
        assertThat(bench.source.snapshot(DOOR)).isPresent();
    }

    @Test
    void dropsAPictureOfAStreamThatWentIntoPrivacyAfterTheLastList() throws Exception {
        bench.source.streams();
        bench.pass(2);
        bench.recorder.inPrivacy.add("front_door");

        assertThat(bench.source.snapshot(DOOR)).isEmpty();
        assertThat(bench.source.snapshot(YARD)).isPresent();
    }

    @Test
    void takesPicturesWithoutALogin() throws Exception {
        bench.recorder.believed = "key";
        bench.source.streams();
        bench.pass(60);

        assertThat(bench.source.snapshot(DOOR)).isPresent();
    }
}
