package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Polls of a source, over HTTP. */
class LightNvrPollTest {

    private static final StreamName FRONT_DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("Back Yard");

    static final byte[] JPEG =
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n\u00ff\u00d8\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    private final SourceBench bench = new SourceBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void givesTheRowsOfASecondAsOneEventWithTheirZones() throws Exception {
        bench.source.streams();
        bench.poll(FRONT_DOOR);
        bench.recorder.rows.insert(bench.recorder.second - 1, content("person", 0.4f, 0.1f), 0);
        bench.recorder.rows.insert(bench.recorder.second - 1, content("person", 0.9f, 0.1f), 0);
        bench.recorder.insert("cat", 0);

        List<DetectionEvent> events = bench.poll(FRONT_DOOR);

        assertThat(events)
                .extracting(DetectionEvent::second)
                .containsExactly(bench.recorder.second - 1, bench.recorder.second);
        assertThat(events).extracting(DetectionEvent::sendableSince).containsOnly(SourceBench.OURS);
        assertThat(events).allMatch(event -> event.stream().equals(FRONT_DOOR));
        assertThat(events.get(0).detections())
                .extracting(Detection::confidence, Detection::zoneId, Detection::occurrence)
                .containsExactly(tuple(0.9f, "entrance", 1), tuple(0.4f, "", 1));
        assertThat(bench.poll(FRONT_DOOR)).isEmpty();
    }

    @Test
    void givesAPictureWhereTheRecorderHasOne() throws Exception {
        bench.recorder.instead.put("/go2rtc/api/frame.jpeg", JPEG);

        assertThat(bench.source.snapshot(new StreamName("a/b +")))
                .hasValueSatisfying(jpeg -> assertThat(jpeg).startsWith(0xFF, 0xD8));
        assertThat(bench.recorder.asked()).contains("GET /go2rtc/api/frame.jpeg?src=a%2Fb%20%2B");
        bench.recorder.instead.put("/go2rtc/api/frame.jpeg", RawServer.answer("200 OK", "<html>"));
        assertThat(bench.source.snapshot(YARD)).isEmpty();
        bench.recorder.instead.put("/go2rtc/api/frame.jpeg", RawServer.answer("404 Not Found", "{}"));
        assertThat(bench.source.snapshot(YARD)).isEmpty();
    }

    @Test
    void readsNoMoreOfAPictureThanItMayBeLarge() {
        byte[] head = RawServer.bytes("HTTP/1.1 200 OK\nContent-Length: 3145728\n\n");
        bench.recorder.instead.put(
                "/go2rtc/api/frame.jpeg", Arrays.copyOf(head, head.length + SnapshotSource.MAX_BYTES + 1));

        assertThatThrownBy(() -> bench.source.snapshot(YARD))
                .isInstanceOf(SourceException.class)
                .hasMessage("The recorder answered GET /go2rtc/api/frame.jpeg?src=Back%20Yard with more than 1024 KiB");
    }

    @Test
    void asksForAStreamByItsEncodedName() throws Exception {
        bench.source.poll(new StreamName("a/b+c %前"), true);

        assertThat(bench.recorder.asked())
                .contains("GET /api/detection/results/a%2Fb%2Bc%20%25%E5%89%8D?end=4102444800");
    }

    @Test
    void saysOnceThatAStreamHasTooLongAName() throws Exception {
        StreamName stream = new StreamName("ü".repeat(60));

        for (int i = 0; i < 2; i++) {
            DetectionSource.Poll poll = bench.source.poll(stream, true);
            poll.commit();
            assertThat(poll.events()).isEmpty();
            assertThat(poll.more()).isFalse();
            assertThat(poll.missed() + poll.unreadable()).isZero();
        }

        assertThat(bench.recorder.asked()).isEmpty();
        assertThat(bench.log.lines())
                .containsExactly(
                        "WARN The detections of " + stream + " cannot be read: its encoded name has more than the 255"
                                + " characters that LightNVR accepts");
    }

    @Test
    void forgetsANameThatIsTooLongWithItsStream() throws Exception {
        StreamName stream = new StreamName("ü".repeat(60));
        bench.source.poll(stream, true);

        bench.source.streams();
        bench.source.poll(stream, true);

        assertThat(bench.log.lines()).hasSize(2);
    }

    @Test
    void givesTheSameAgainUntilItIsTaken() throws Exception {
        bench.poll(FRONT_DOOR);
        bench.recorder.insert("cat", 0);

        assertThat(bench.source.poll(FRONT_DOOR, true).events()).hasSize(1);
        DetectionSource.Poll poll = bench.source.poll(FRONT_DOOR, true);
        poll.commit();
        poll.commit();
        assertThat(bench.source.poll(FRONT_DOOR, true).events()).isEmpty();
        assertThat(poll.events()).hasSize(1);
    }

    @Test
    void losesNothingWhereAnAnswerIsBad() throws Exception {
        bench.poll(FRONT_DOOR);
        bench.recorder.insert("cat", 0);
        for (byte[] bad : List.of(
                RawServer.ok("<html>"),
                RawServer.ok("{\"detections\":[{\"label\""),
                RawServer.answer("500 Internal Server Error", "{}"),
                Captured.bytes("stream-unknown"))) {
            bench.recorder.instead.put("/api/detection", bad);
            assertThatThrownBy(() -> bench.source.poll(FRONT_DOOR, true)).isInstanceOf(SourceException.class);
        }
        bench.recorder.instead.clear();

        assertThat(SourceBench.labels(bench.poll(FRONT_DOOR))).containsExactly("cat");
    }

    @Test
    void saysOnceThatASecondHasTooManyRows() throws Exception {
        bench.poll(FRONT_DOOR);
        for (int i = 0; i < 25; i++) {
            bench.recorder.insert("crowd", 0);
        }

        DetectionSource.Poll poll = bench.source.poll(FRONT_DOOR, true);
        assertThat(poll.missed()).isEqualTo(1);
        assertThat(poll.events().get(0).detections()).hasSize(20);
        assertThat(bench.log.lines()).isEmpty();
        poll.commit();
        bench.source.poll(FRONT_DOOR, true).commit();

        assertThat(bench.log.lines())
                .containsExactly(
                        "WARN front_door has 20 or more detections at 2027-01-15T08:00:00Z: LightNVR returns at most"
                                + " 20 of one second, so some may be missing");
    }

    @Test
    void saysOnceThatAStreamHasRowsThatCannotBeRead() throws Exception {
        bench.poll(FRONT_DOOR);
        for (int i = 0; i < 2; i++) {
            bench.recorder.instead.put(
                    "/api/detection",
                    RawServer.ok("{\"detections\":[{\"label\":\"cat\",\"n\":%d,\"timestamp\":%d}]}"
                            .formatted(i, bench.recorder.second)));
            DetectionSource.Poll poll = bench.source.poll(FRONT_DOOR, true);
            assertThat(poll.unreadable()).isEqualTo(1);
            poll.commit();
        }

        assertThat(bench.log.lines())
                .containsExactly("WARN front_door has unreadable detections: they are skipped and counted as missed");
    }

    @Test
    void catchesUpWhatItMissedAndSaysSinceWhen() throws Exception {
        bench.poll(FRONT_DOOR);
        bench.pass(300);
        bench.recorder.insert("missed", 250);
        DetectionSource.Poll poll = bench.source.poll(FRONT_DOOR, true);
        List<DetectionEvent> events = new ArrayList<>(poll.events());
        while (poll.more()) {
            poll.commit();
            poll = bench.source.poll(FRONT_DOOR, true);
            events.addAll(poll.events());
        }

        assertThat(SourceBench.labels(events)).containsExactly("missed");
        assertThat(events.get(0).sendableSince()).isEqualTo(bench.ours().minusSeconds(250));
    }

    @Test
    void doesNotCallADetectionFreshThatTheRecorderWroteAMinuteLate() throws Exception {
        for (int i = 0; i < 20; i++) {
            bench.poll(FRONT_DOOR);
            bench.pass(5);
        }
        bench.recorder.insert("late", 45);
        bench.recorder.insert("person", 3);

        List<DetectionEvent> events = bench.poll(FRONT_DOOR);

        assertThat(events)
                .extracting(DetectionEvent::sendableSince)
                .containsExactly(bench.ours().minusSeconds(45), bench.ours());
    }

    @Test
    void deliversThePresentWhereASliceFails() throws Exception {
        bench.poll(FRONT_DOOR);
        bench.pass(300);
        bench.recorder.insert("missed", 250);
        bench.recorder.insert("fresh", 0);
        String slices = "/api/detection/results/front_door?end=1";
        bench.recorder.instead.put(slices, RawServer.answer("500 Internal Server Error", "{}"));

        DetectionSource.Poll poll = bench.source.poll(FRONT_DOOR, true);

        assertThat(SourceBench.labels(poll.events())).containsExactly("fresh");
        assertThat(poll.more()).isFalse();
    }

    @Test
    void seesWithTheFirstAnswerThatTheRecorderClockWasSetBack() throws Exception {
        bench.poll(FRONT_DOOR);
        bench.pass(2);
        bench.recorder.second -= 3_600;
        bench.recorder.insert("after", 1);

        assertThat(SourceBench.labels(bench.poll(FRONT_DOOR))).containsExactly("after");
    }

    @Test
    void goesOnThroughSummerTimeThoughHealthCannotBeAsked() throws Exception {
        bench.poll(FRONT_DOOR);
        bench.recorder.zoneSeconds += 3_600;
        bench.recorder.instead.put("/api/health", RawServer.answer("500 Internal Server Error", "{}"));
        bench.recorder.insert("cat", 0);

        assertThat(SourceBench.labels(bench.poll(FRONT_DOOR))).containsExactly("cat");
    }

    @Test
    void cannotBeginWithoutKnowingTheRecorderClock() {
        bench.recorder.instead.put("/api/health", RawServer.ok("{\"streams_detail\":[]}"));

        assertThatThrownBy(() -> bench.source.poll(FRONT_DOOR, true))
                .isInstanceOf(SourceException.class)
                .hasMessage("The recorder's answer to GET /api/health is not one that LightNVR gives");
    }

    @Test
    void keepsItsStreamsApart() throws Exception {
        bench.poll(FRONT_DOOR);
        bench.poll(YARD);
        bench.recorder.insert("cat", 0);

        assertThat(bench.poll(FRONT_DOOR)).hasSize(1);
        assertThat(bench.poll(YARD)).hasSize(1);
    }

    private static Row.Content content(String label, float confidence, float place) {
        return new Row.Content(label, confidence, new Box(place, place, 0.1f, 0.1f), "", "");
    }
}
