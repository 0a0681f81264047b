package io.lightnvr.mqtt.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedStream.Condition;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone.Point;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares what the recorder says of itself, its streams and zones with the real one's whole answers. */
class RecorderStreamsAnswersTest extends RunningRecorder {

    private static final long TRIGGERED = 1_795_352_249;
    private static final long DETECTED = 1_795_353_312;
    private static final StreamName DOOR = new StreamName("front_door");

    private static final List<Point> HALF =
            List.of(new Point(0, 0), new Point(0.5f, 0), new Point(0.5f, 1), new Point(0, 1));
    private static final List<Point> TRIANGLE = List.of(new Point(0.2f, 0.2f), new Point(1, 0.2f), new Point(0.6f, 1));
    private static final List<Point> CORNER = List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1));

    RecorderStreamsAnswersTest() {
        super(TRIGGERED + 16);
    }

    @Test
    void listsStreamsThatAreStopped() {
        CapturedStreams.addStopped(recorder);

        assertThat(client.get("/api/streams")).isEqualTo(Captured.read("streams"));
    }

    @Test
    void listsStreamsWithDetectors() {
        CapturedStreams.addStopped(recorder);
        CapturedStreams.addRunning(recorder);

        assertThat(client.get("/api/streams")).isEqualTo(Captured.read("streams-5"));
    }

    @Test
    void doesNotKnowAStreamThatIsNotThere() {
        assertThat(client.get("/api/streams/nobody")).isEqualTo(Captured.read("stream-unknown"));
    }

    @Test
    void givesPicturesOfRunningStreamsWhereItHasAny() {
        recorder.streams().add(SimulatedStream.running("Back Yard"));
        String path = "/go2rtc/api/frame.jpeg?src=Back%20Yard";
        assertThat(client.get(path).status()).isEqualTo(404);

        recorder.setPictures(true);

        assertThat(client.get(path).status()).isEqualTo(200);
        assertThat(client.get(path).body()).startsWith("\u00ff\u00d8");
        assertThat(client.get("/go2rtc/api/frame.jpeg?src=nobody").status()).isEqualTo(404);
        assertThat(client.get("/go2rtc/api/frame.jpeg").status()).isEqualTo(404);
    }

    @Test
    void tellsZones() {
        recorder.streams()
                .setZones(
                        DOOR,
                        new SimulatedZone("zone_a", "entrance", true, "#3b82f6", HALF, "person,dog", 0.5f),
                        new SimulatedZone("zone_b", "Einfahrt Süd", true, "#ff0000", TRIANGLE, "", 0),
                        new SimulatedZone("zone_c", "off", false, "#00ff00", CORNER, "", 0));

        assertThat(client.get("/api/streams/front_door/zones")).isEqualTo(Captured.read("zones-front_door"));
        assertThat(client.get("/api/streams/nobody/zones")).isEqualTo(Captured.read("zones-none"));
    }

    @Test
    void isHealthyWithoutAStream() {
        CapturedStreams.addStopped(recorder);
        for (int i = 1; i < 34; i++) {
            client.get("/api/health");
        }
        clock.advance(Duration.ofSeconds(46));
        recorder.clock().setOffset(Duration.ofSeconds(-46));

        assertThat(client.get("/api/health")).isEqualTo(Captured.read("health"));
    }

    @Test
    void namesRunningStreamsInItsHealth() {
        clock.advance(Duration.ofSeconds(DETECTED + 1 - TRIGGERED - 16 - 32));
        CapturedStreams.addStopped(recorder);
        recorder.streams().add(CapturedStreams.motionCamera());
        recorder.streams().add(CapturedStreams.modelCamera());
        clock.advance(Duration.ofSeconds(32));

        Captured health = client.get("/api/health");

        String differs = "(uptime|totalRequests|used_bytes|available_bytes|last_frame_ts|frames_total)\":\\d+";
        assertThat(health.with(differs, "$1"))
                .isEqualTo(Captured.read("health-with-running-streams").with(differs, "$1"));
        assertThat(health.body()).contains("\"last_frame_ts\":" + (DETECTED + 1));
    }

    @Test
    void saysSinceWhenAStreamHasNoPicture() {
        recorder.streams().add(CapturedStreams.modelCamera());
        recorder.streams().set(new StreamName("apicam"), Condition.DOWN);
        clock.advance(Duration.ofSeconds(60));

        String body = client.get("/api/health").body();

        assertThat(body)
                .contains("\"streams\":{\"total\":1,\"up\":0,\"degraded\":0,\"down\":1}")
                .contains("\"status\":\"down\"", "\"last_frame_ts\":" + (TRIGGERED + 16));
    }

    @Test
    void forgetsADeletedStreamAndListsADisabledOne() {
        recorder.streams().add(CapturedStreams.modelCamera());
        recorder.streams().add(CapturedStreams.motionCamera());

        recorder.streams().delete(new StreamName("apicam"));
        recorder.streams().disable(new StreamName("drive.way"));

        assertThat(client.get("/api/streams").body())
                .doesNotContain("apicam")
                .contains("\"name\":\"drive.way\",\"url\":\"http://127.0.0.1:18840/cam2.ts\",\"enabled\":false");
        assertThat(client.get("/api/health").body()).contains("\"streams_detail\":[]");
    }

    @Test
    void tellsHowItsOwnPublisherIsSetUp() {
        recorder.setNativePublisher(new SimulatedPublisher(true, "127.0.0.1", 18_883, "lightnvr", "native", true));

        Captured settings = client.get("/api/settings");

        String differs = "(web_port|web_auth_enabled)\":\\w+";
        assertThat(settings.with(differs, "$1"))
                .isEqualTo(Captured.read("settings").with(differs, "$1"));
        assertThat(settings.body()).contains("\"web_port\":" + recorder.port() + ",", "\"web_auth_enabled\":false");
    }
}
