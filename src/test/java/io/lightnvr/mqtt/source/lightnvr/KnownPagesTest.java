package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownPagesTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("yard");
    private static final String TIME = "2026-11-22 12:57:45";
    private static final String LATER = "2026-11-22 13:00:09";
    private static final String ROW =
            "{\"label\":\"person\",\"confidence\":0.5,\"x\":0,\"y\":0,\"width\":1,\"height\":1,"
                    + "\"timestamp\":1795352249,\"end_timestamp\":1795352249}";
    private static final String ANSWER =
            "{\"detections\":[" + ROW + "],\"timestamp\":\"" + TIME + "\",\"stream_status\":\"Stopped\"}";

    private static final String LETTERS = "0123456789\":,{}[]\\a \u00e4";

    private final KnownPages pages = new KnownPages();

    @ParameterizedTest
    @ValueSource(
            strings = {
                ANSWER,
                "{\"detections\":[],\"timestamp\":\"" + TIME + "\",\"stream_status\":\"Unknown\"}",
                "{\"detections\":[],\"timestamp\":\"" + TIME + "\"}",
                "{\"timestamp\":5,\"detections\":[],\"timestamp\":\"" + TIME + "\",\"stream_status\":\"\"}\r\n"
            })
    void parsesNoAnswerThatDiffersInItsTimeAlone(String answer) throws Exception {
        ResultsAnswer first = read(answer);
        ResultsAnswer second = read(answer.replace(TIME, LATER));

        assertThat(second.page()).isSameAs(first.page());
        assertThat(first.clock())
                .map(RecorderClock.Reading::local)
                .hasValue(LocalDateTime.parse("2026-11-22T12:57:45"));
        assertThat(second.clock())
                .map(RecorderClock.Reading::local)
                .hasValue(LocalDateTime.parse("2026-11-22T13:00:09"));
    }

    @Test
    void tellsWhenAnAnswerCame() throws Exception {
        read(ANSWER);
        byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);

        ResultsAnswer again = pages.read(
                DOOR, new RecorderAnswer("GET /something", 200, body, Optional.empty(), Optional.empty(), 7, 9));

        assertThat(again.clock()).hasValue(new RecorderClock.Reading(LocalDateTime.parse("2026-11-22T12:57:45"), 7, 9));
    }

    @Test
    void parsesWhatIsNew() throws Exception {
        ResultsAnswer first = read(ANSWER);

        assertThat(read(ANSWER.replace("0.5", "0.6")).page()).isNotEqualTo(first.page());
        assertThat(read(ANSWER).page()).isEqualTo(first.page());
        assertThat(read(ANSWER.replace("[" + ROW, "[" + ROW + "," + ROW)).page().rows())
                .hasSize(2);
    }

    @Test
    void doesNotMixStreams() throws Exception {
        ResultsAnswer door = read(ANSWER);

        ResultsAnswer yard = pages.read(YARD, Captured.good(ANSWER));

        assertThat(yard.page()).isEqualTo(door.page()).isNotSameAs(door.page());
    }

    @Test
    void forgetsStreamsThatAreGone() throws Exception {
        ResultsAnswer first = read(ANSWER);
        pages.keepOnly(Set.of(DOOR));
        assertThat(read(ANSWER).page()).isSameAs(first.page());

        pages.keepOnly(Set.of(YARD));

        assertThat(read(ANSWER).page()).isNotSameAs(first.page());
    }

    @Test
    void refusesAnAnswerWithAnotherStatusThoughItsBodyIsKnown() throws Exception {
        read(ANSWER);

        assertThatThrownBy(() -> pages.read(DOOR, Captured.answer(503, ANSWER.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(SourceException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"detections\":[],\"stream_status\":\"Unknown\",\"timestamp\":\"" + TIME + "\",\"more\":1}",
                "{\"detections\":[],\"a\\\"timestamp\":\"" + TIME + "\",\"stream_status\":\"\"}",
                "{\"detections\":[],\"timestamp\":\"" + TIME + "\",\"stream_status\":\"\\\"\"}",
                "{\"detections\":[],\"timestamp\":\"2026-11-22T12:57:45\"}",
                "{\"detections\":[]}"
            })
    void parsesEachAnswerOfAnotherForm(String answer) throws Exception {
        ResultsAnswer first = read(answer);
        ResultsAnswer second = read(answer);

        assertThat(second).isEqualTo(first);
        assertThat(second.page()).isNotSameAs(first.page());
    }

    @Test
    void keepsNoLongAnswer() throws Exception {
        String answer = ANSWER.replace("person", "p".repeat(8 << 10));
        ResultsAnswer first = read(answer);

        assertThat(read(answer).page()).isEqualTo(first.page()).isNotSameAs(first.page());
    }

    @Test
    void givesWhatParsingGivesWhateverComes() {
        Random random = new Random(5);
        List<String> answers = List.of(
                ANSWER,
                ANSWER.replace(TIME, LATER),
                "{\"detections\":[" + ROW + "," + ROW + "],\"timestamp\":\"" + TIME + "\"}",
                "{\"detections\":[],\"a\\\"timestamp\":\"" + TIME + "\",\"stream_status\":\"x\"}");
        int same = 0;
        Page last = null;
        for (int i = 0; i < 20_000; i++) {
            byte[] body = answers.get(random.nextInt(answers.size())).getBytes(StandardCharsets.ISO_8859_1);
            if (random.nextInt(3) > 0) {
                body = changed(body, random);
            }
            RecorderAnswer answer = Captured.answer(200, body);
            Object parsed = outcome(() -> ResultsAnswer.read(answer));
            Object read = outcome(() -> pages.read(DOOR, answer));
            assertThat(read).as(new String(body, StandardCharsets.ISO_8859_1)).isEqualTo(parsed);
            Page page = read instanceof ResultsAnswer results ? results.page() : null;
            same += page != null && page == last ? 1 : 0;
            last = page;
        }
        assertThat(same).isGreaterThan(500);
    }

    private interface Reading {
        ResultsAnswer read() throws SourceException;
    }

    private static Object outcome(Reading reading) {
        try {
            return reading.read();
        } catch (SourceException e) {
            return e.getMessage();
        }
    }

    /** Changes a byte near the end, or anywhere. */
    private static byte[] changed(byte[] body, Random random) {
        byte[] changed = Arrays.copyOf(body, body.length);
        int at = body.length - 1 - random.nextInt(random.nextBoolean() ? 70 : body.length);
        changed[at] = (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
        return changed;
    }

    private ResultsAnswer read(String answer) throws SourceException {
        return pages.read(DOOR, Captured.good(answer));
    }
}
