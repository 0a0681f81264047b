package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.source.SourceException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsAnswerTest {

    @Test
    void readsNumbersAsTheFloatsThatTheRecorderHolds() throws SourceException {
        Page page = page(Captured.answer("results-apicam-model-rows"));

        assertThat(page.rows()).hasSize(4);
        Row row = page.rows().get(0);
        assertThat(row.second()).isEqualTo(1_795_353_312L);
        assertThat(row.content())
                .hasValue(new Row.Content("person", 0.9213f, new Box(0.25f, 0.3f, 0.15f, 0.45f), "", ""));
        assertThat(page.oldest()).isEqualTo(1_795_353_283L);
    }

    @Test
    void comparesRowsWithoutTheirEnd() throws SourceException {
        Page page = page(Captured.answer("results-front_door-default"));

        assertThat(page.rows()).hasSize(3);
        assertThat(page.rows().get(0)).isEqualTo(page.rows().get(1));
        assertThat(page(good(row("1,\"end_timestamp\":5")))).isEqualTo(page(good(row("1,\"end_timestamp\":9"))));
    }

    @Test
    void readsAStreamThatIsNotThere() throws SourceException {
        assertThat(page(Captured.answer("results-unknown-start")).rows()).isEmpty();
    }

    @Test
    void keepsAnyLabelAndAnyConfidence() throws SourceException {
        Page page = page(
                good(
                        "{\"label\":\"a/+#\\\"\",\"confidence\":1.5,\"x\":0,\"y\":0,\"width\":1,\"height\":1,\"timestamp\":7}"));

        assertThat(page.rows().get(0).content()).hasValue(new Row.Content("a/+#\"", 1.5f, Box.whole(), "", ""));
    }

    @Test
    void readsTrackAndZoneWhereTheRecorderSendsThem() throws SourceException {
        Page page = page(
                good(row("1,\"track_id\":42,\"zone_id\":\"entrance\""), row("1,\"track_id\":1.5e10,\"zone_id\":null")));

        assertThat(page.rows().get(0).content().orElseThrow().trackId()).isEqualTo("42");
        assertThat(page.rows().get(0).content().orElseThrow().zone()).isEqualTo("entrance");
        assertThat(page.rows().get(1).content().orElseThrow().trackId()).isEqualTo("15000000000");
        assertThat(page.rows().get(1).content().orElseThrow().zone()).isEmpty();
    }

    @Test
    void countsRowsThatCannotBeRead() throws SourceException {
        String good = row("9");
        List<String> bad = List.of(
                good.replace("\"label\":\"cat\"", "\"label\":null"),
                good.replace("\"label\":\"cat\",", ""),
                good.replace("\"width\":1", "\"width\":null"),
                good.replace("\"width\":1", "\"width\":\"1\""),
                good.replace("\"x\":0", "\"x\":1e39"),
                good.replace("\"confidence\":0.5", "\"confidence\":-1e400"),
                good.replace("\"y\":0,", ""));
        for (String row : bad) {
            Page page = page(good(row));
            assertThat(page.rows()).as(row).hasSize(1);
            assertThat(page.rows().get(0).content()).as(row).isEmpty();
            assertThat(page.rows().get(0).second()).isEqualTo(9);
        }
    }

    @Test
    void tellsRowsThatCannotBeReadFromEachOtherButNotByTheirEnd() throws SourceException {
        String one = "{\"label\":null,\"x\":1,\"timestamp\":9,\"end_timestamp\":%d}";

        Row row = page(good(one.formatted(9))).rows().get(0);

        assertThat(page(good(one.formatted(11))).rows()).containsExactly(row);
        assertThat(page(good(one.formatted(9).replace("\"x\":1", "\"x\":2"))).rows())
                .doesNotContain(row);
    }

    @Test
    void putsARowWithoutATimeToItsNeighbourSoThatAFullPageStaysFull() throws SourceException {
        String row = row("9");
        Page page = page(
                good(row("\"7\""), row, row("null"), row("8.5"), row("-3"), row("5000000000"), row("1e30"), row("7")));

        assertThat(page.rows()).extracting(Row::second).containsExactly(9L, 9L, 9L, 9L, 9L, 9L, 9L, 7L);
        assertThat(page.rows()).filteredOn(r -> r.content().isPresent()).hasSize(2);
        assertThat(page.oldest()).isEqualTo(7);
    }

    @Test
    void readsAWholeSecondHoweverItIsWritten() throws SourceException {
        assertThat(page(good(row("1.795353312e9"))).oldest()).isEqualTo(1_795_353_312L);
    }

    @Test
    void readsNumbersThatAreFiniteThoughTheirSumIsNot() throws SourceException {
        String huge = row("9").replace("\"x\":0", "\"x\":3e38").replace("\"y\":0", "\"y\":3e38");

        assertThat(page(good(huge)).rows().get(0).content()).isPresent();
    }

    @Test
    void refusesWhatHoldsNoRowsOrNoTime() {
        String sentence = "The recorder's answer to GET /something is not one that LightNVR gives";

        assertThatThrownBy(() -> page(Captured.good("{}"))).hasMessage(sentence);
        assertThatThrownBy(() -> page(Captured.good("{\"detections\":{}}"))).hasMessage(sentence);
        assertThatThrownBy(() -> page(good("{\"label\":\"cat\"}"))).hasMessage(sentence);
        assertThatThrownBy(() -> page(Captured.answer("stream-unknown")))
                .hasMessage("The recorder answered GET /something with 404");
    }

    private static Page page(RecorderAnswer answer) throws SourceException {
        return ResultsAnswer.read(answer).page();
    }

    private static RecorderAnswer good(String... rows) {
        return Captured.good("{\"detections\":[" + String.join(",", rows) + "]}");
    }

    private static String row(String timestamp) {
        return "{\"label\":\"cat\",\"confidence\":0.5,\"x\":0,\"y\":0,\"width\":1,\"height\":1,\"timestamp\":"
                + timestamp + "}";
    }
}
