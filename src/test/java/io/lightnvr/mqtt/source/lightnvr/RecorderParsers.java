package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.control.Control;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.fuzz.Parser;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.RecorderEvents.Heard;
import io.lightnvr.mqtt.source.Recording;
import io.lightnvr.mqtt.source.SeenRows;
import io.lightnvr.mqtt.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The parsers of what a recorder answers and publishes, and of what is kept of it. */
public final class RecorderParsers {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final long SECOND = 1_795_352_260L;
    private static final Instant NOW = Instant.ofEpochSecond(SECOND);
    private static final PollTime TIME = new PollTime(SECOND, true, NOW, 0);
    private static final int MOST_QUERIES = 10_000;
    private static final int ANSWER = AnswerLimit.USUAL.bytes();
    private static final int EVENT = 128 << 10;

    private static final String POSITION = "version=1 floor=1795352100 unknown_below=-9223372036854775808"
            + " complete=1795352200 swept=1795352100 lag=3600 look=1795352201 ours=1795352200"
            + " gaps=1795350000..1795350059,1795351000..1795351999";

    private RecorderParsers() {}

    public static List<Parser> all() {
        return List.of(
                answers(),
                results(),
                health(),
                streams(),
                zones(),
                recordings(),
                controls(),
                recording(),
                ptz(),
                settings(),
                events(),
                presence(),
                positions(),
                seenRows());
    }

    private static Parser answers() {
        return Parser.of("answers over a connection", RecorderParsers::answers)
                .refusing(IOException.class)
                .with(Captured.bytes("health"))
                .with(Captured.bytes("login-200"))
                .with(RawServer.bytes("HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n"
                        + "2;a=b\n{}\n0\nTrailer: x\n\nHTTP/1.0 302 Found\nLocation: /a\nConnection: close\n\n{}"))
                .with(RawServer.bytes("HTTP/1.1 204 No Content\nConnection: keep-alive, x\nContent-Length: 0\n\n"
                        + "HTTP/1.1 200 OK\n\n{}"));
    }

    /** One after the other, as long as the connection takes another request. */
    private static void answers(byte[] input) throws IOException {
        AnswerReader answers = new AnswerReader(new ByteArrayInputStream(input));
        while (!answers.read(ANSWER).isLast()) {
            answers.hasBegun();
        }
    }

    private static Parser results() {
        return answers("results", RecorderParsers::results)
                .upTo(256 << 10)
                .with(captured("results-front_door-default"))
                .with(captured("results-invalid-utf8-label"))
                .with(captured("results-apicam-model-rows"))
                .with(captured("results-unknown-start"));
    }

    private static Parser health() {
        return answers("health", RecorderParsers::health)
                .with(captured("health"))
                .with(captured("health-with-running-streams"));
    }

    private static Parser streams() {
        return answers("streams", StreamsAnswer::read)
                .upTo(LightNvrApi.STREAMS_LIMIT.bytes())
                .finding("two mebibytes of wide letters", "[{\"name\":\"" + "\u2028".repeat(690_000) + "\"}]")
                .with(captured("streams"))
                .finding("a long name of wide letters", "[{\"name\":\"" + "ü\u2028".repeat(200_000) + "\"}]")
                .with("[{\"name\":\"yard\",\"enabled\":true,\"privacy_mode\":true,"
                        + "\"camera_uuid\":\"22222222-2222-4222-8222-222222222222\"}]");
    }

    private static Parser controls() {
        return answers("controls", RecorderParsers::controls)
                .upTo(64 << 10)
                .with("{\"name\":\"yard\",\"detection_based_recording\":true,\"record\":0,\"privacy_mode\":false,"
                        + "\"can_control_privacy\":true,\"ptz_enabled\":true,\"isOnvif\":true}");
    }

    private static Parser recording() {
        return answers(
                        "manual recording",
                        answer -> RecordingAnswer.read(answer).mayControl())
                .upTo(64 << 10)
                .with(
                        "{\"stream\":\"yard\",\"state\":\"recording\",\"recording_active\":true,\"capture_method\":\"manual\","
                                + "\"recording_id\":7,\"manual_control_allowed\":true}");
    }

    private static Parser ptz() {
        return answers(
                        "turning cameras",
                        answer -> PtzAnswer.read(answer, answer).presets())
                .upTo(64 << 10)
                .with(
                        "{\"has_home_position\":true,\"has_presets\":true,\"presets\":[{\"token\":\"1\",\"name\":\"Gate\"},"
                                + "{\"token\":\"2\",\"name\":\"\"},{\"token\":\"3\",\"name\":\"Gate\"}]}");
    }

    private static Parser zones() {
        return answers("zones", RecorderParsers::zones)
                .with(captured("zones-front_door"))
                .with(captured("zones-none"))
                .finding("hundreds of thousands of empty zones", "{\"zones\":[{}" + ",{}".repeat(300_000) + "]}")
                .finding(
                        "a long id of wide letters",
                        "{\"zones\":[{\"name\":\"a\",\"id\":\"" + "x".repeat(1_040_000) + "\u2028\"}]}")
                .finding(
                        "a zone with a million labels",
                        "{\"zones\":[{\"name\":\"ü\",\"filter_classes\":\"" + ",".repeat(1_000_000) + "\"}]}")
                .finding("thousands of zones", "{\"zones\":[{}" + ",{\"name\":\"a\",\"x\":0.5}".repeat(40_000) + "]}");
    }

    private static Parser recordings() {
        return answers("recordings", RecorderParsers::recordings)
                .upTo(1 << 20)
                .with("{\"recordings\":[{\"id\":7,\"stream\":\"front_door\",\"start_time_unix\":1795352000,"
                        + "\"end_time_unix\":1795352900},{\"id\":8,\"stream\":\"front_door\","
                        + "\"start_time\":\"2026-11-22T12:50:00Z\",\"end_time\":\"2026-11-22T13:05:00Z\"}]}");
    }

    /** Other answers, such as those to a login, are read as these are. */
    private static Parser settings() {
        return answers("settings", LightNvrApi::nativePublisher).with(captured("settings"));
    }

    private static Parser events() {
        return Parser.of("recorder's events", RecorderParsers::event)
                .upTo(EVENT)
                .refusing(SourceException.class)
                .with(
                        EventMessageTest.DOCUMENTED,
                        "{\"type\":\"io.lightnvr.camera.offline.v1\",\"data\":{\"stream_name\":\"yard\"}}",
                        "{\"type\":\"io.lightnvr.storage.pressure.v1\",\"data\":{\"level\":\"emergency\"}}");
    }

    private static Parser presence() {
        return Parser.of("recorder's presence", EventMessage::presence)
                .upTo(EVENT)
                .with("online", "\"offline\"", "{\"status\":\"offline\"}", "{\"state\":\"online\"}");
    }

    private static Parser positions() {
        return Parser.of("positions in the store", input -> resume(text(input), seen(SECOND - 100, SECOND - 50)))
                .with(POSITION, "version=1 heard=only", POSITION.replaceFirst("gaps=.*", "gaps="));
    }

    private static Parser seenRows() {
        SeenRows rows = seen(SECOND - 90_000, SECOND - 100, SECOND - 100, SECOND - 50, SECOND - 11, SECOND + 5);
        return Parser.of(
                        "seen rows in the store",
                        input -> resume(POSITION, SeenRows.ofBytes(List.of(input, rows.bytes(0, SECOND)))))
                .with(rows.bytes(0, Long.MAX_VALUE))
                .with(seen(SECOND).bytes(0, Long.MAX_VALUE));
    }

    private interface AnswerFeed {
        void take(RecorderAnswer answer) throws SourceException;
    }

    private static Parser answers(String name, AnswerFeed feed) {
        return Parser.of(name, input -> feed.take(Captured.answer(200, input)))
                .upTo(ANSWER)
                .refusing(SourceException.class);
    }

    private static byte[] captured(String name) {
        return Captured.answer(name).body();
    }

    private static void results(RecorderAnswer answer) throws SourceException {
        ResultsAnswer results = ResultsAnswer.read(answer);
        results.clock().ifPresent(reading -> new RecorderClock().observe(reading));
        poll(new DetectionWindow(Duration.ofHours(1), Beginning.AT_LOOK_BACK), results.page());
    }

    private static void poll(DetectionWindow window, Page page) {
        WindowPoll poll = window.begin(TIME);
        for (int queries = 0; poll.nextEnd().isPresent(); queries++) {
            if (queries == MOST_QUERIES) {
                throw new AssertionError("The poll does not end");
            }
            poll.page(page);
        }
        PollResult result = window.settle(poll.result());
        result.events(DOOR, List.of());
        result.checkpoint();
        window.commit(result);
    }

    private static void health(RecorderAnswer answer) throws SourceException {
        HealthAnswer health = HealthAnswer.read(answer);
        RecorderClock clock = new RecorderClock();
        clock.health(health.clock(), health.lastFrame(), NOW);
        clock.health(health.clock(), health.lastFrame(), NOW);
        clock.now(NOW, 0);
        clock.aheadOf(NOW, 0);
        clock.local(SECOND).map(time -> RecorderPage.of(DOOR, time));
        health.up().forEach((stream, up) -> stream.key());
        new ListPace(0).next(health.up().keySet(), health.uptime(), true, true, 0);
    }

    private static void controls(RecorderAnswer answer) throws SourceException {
        ControlsAnswer read = ControlsAnswer.read(answer);
        read.change(Control.DETECTION, !read.isSet(Control.DETECTION, true)).toString();
        read.view(Optional.empty(), PtzAnswer.NOTHING).bytes();
    }

    private static void zones(RecorderAnswer answer) throws SourceException {
        List<Zone> zones = ZonesAnswer.read(answer);
        zones.forEach(Zone::key);
        Zone.nameFor(zones, "person", 0.9f, Box.whole());
        Zone.nameOf(zones, "zone_b");
    }

    private static void recordings(RecorderAnswer answer) throws SourceException {
        Recording.first(RecordingsAnswer.read(answer, DOOR), SECOND - 10, SECOND);
    }

    private static void event(byte[] payload) throws SourceException {
        if (EventMessage.read(payload) instanceof Heard.Detected detected) {
            DetectionWindow window = new DetectionWindow(Duration.ofHours(1), Beginning.AT_NOW);
            HeardResult result = window.hear(List.of((HeardFrame) detected.detections()), TIME);
            result.events(detected.detections().stream(), List.of());
            window.checkpoint(result);
            window.commit(result);
        }
    }

    /** Goes on from a checkpoint, with a row that is new and one that is known. */
    private static void resume(String position, SeenRows seen) {
        Optional<DetectionWindow> resumed =
                DetectionWindow.resumed(Duration.ofHours(1), Beginning.AT_NOW, new Checkpoint(position, seen));
        resumed.ifPresent(window -> {
            Row.Content person = new Row.Content("person", 0.5f, Box.whole(), "", "");
            Page page = new Page(List.of(Row.of(SECOND - 20, person), Row.of(SECOND - 10, person)));
            poll(window, page);
            HeardFrame frame = new HeardFrame(DOOR, Optional.empty(), SECOND - 5, 7, List.of(person), 0);
            HeardResult heard = window.hear(List.of(frame), TIME);
            window.checkpoint(heard).seen().bytes(SECOND - 60, SECOND);
            window.commit(heard);
            poll(window, page);
        });
    }

    private static SeenRows seen(long... seconds) {
        SeenRows rows = SeenRows.NONE;
        for (long second : seconds) {
            rows = rows.plus(List.of(new Mark(second, second * 31)));
        }
        return rows;
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
