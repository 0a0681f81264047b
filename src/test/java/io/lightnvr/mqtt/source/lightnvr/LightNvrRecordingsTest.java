package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Recording;
import io.lightnvr.mqtt.source.SourceException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The list of recordings. */
class LightNvrRecordingsTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final long UNTIL = Instant.parse("2026-11-28T06:30:42Z").getEpochSecond();

    private final SourceBench bench = new SourceBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void asksForTheNewestThatBeginByThen() throws Exception {
        answer("200 OK", "{\"recordings\":[]}");

        assertThat(bench.source.recordings(DOOR, UNTIL - 42, UNTIL)).isEmpty();
        assertThat(bench.recorder.asked())
                .anyMatch(call -> call.contains("/api/recordings?stream=front_door&start=2026-11-28T04:30:00Z"
                        + "&end=2026-11-28T06:30:42Z&sort=start_time&order=desc&limit=40"));
    }

    @Test
    void readsNumbersOrTexts() throws Exception {
        answer("200 OK", """
                {"recordings":[
                {"id":7,"stream":"front_door","start_time_unix":100,"end_time_unix":200},
                {"id":8,"stream":"front_door","start_time":"1970-01-01T00:05:00Z","end_time":"1970-01-01T00:10:00Z"}]}
                """);

        assertThat(bench.source.recordings(DOOR, UNTIL - 42, UNTIL))
                .containsExactly(
                        new Recording("/api/recordings/play/7", 100, 200),
                        new Recording("/api/recordings/play/8", 300, 600));
    }

    @Test
    void leavesOutWhatCannotBeReadOrIsOfAnotherStream() throws Exception {
        answer("200 OK", """
                {"recordings":[7,
                {"id":7,"stream":"yard","start_time_unix":100,"end_time_unix":200},
                {"id":"../../etc","stream":"front_door","start_time_unix":100,"end_time_unix":200},
                {"id":9,"stream":"front_door","start_time_unix":100,"end_time":"soon"}]}
                """);

        assertThat(bench.source.recordings(DOOR, UNTIL - 42, UNTIL)).isEmpty();
    }

    @Test
    void hasNoneWithoutTheRight() throws Exception {
        answer("403 Forbidden", "{\"error\":\"Forbidden\"}");

        assertThat(bench.source.recordings(DOOR, UNTIL - 42, UNTIL)).isEmpty();
        assertThat(bench.source.recordings(DOOR, UNTIL - 42, UNTIL)).isEmpty();
        assertThat(bench.recorder.asked())
                .filteredOn(call -> call.contains("/api/recordings"))
                .hasSize(1);
    }

    @Test
    void failsOnAnotherAnswer() {
        answer("200 OK", "{\"recordings\":null}");

        assertThatThrownBy(() -> bench.source.recordings(DOOR, UNTIL - 42, UNTIL))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("/api/recordings");
    }

    private void answer(String status, String json) {
        bench.recorder.instead.put("/api/recordings", RawServer.answer(status, json.replace("\n", "")));
    }
}
