package io.lightnvr.mqtt.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VisitCheckTest {

    @Test
    void isContentWithWholeVisitsAndWithRepeats() {
        assertThat(problems("start a 1", "update a 2", "update a 2", "end a 3", "start b 1", "end b 2"))
                .isEmpty();
        assertThat(problems()).isEmpty();
    }

    @Test
    void findsAVisitWithoutAnEnd() {
        assertThat(problems("start a 1")).singleElement().asString().contains("has no end");
    }

    @Test
    void findsAGapASecondStartAndASecondEnd() {
        assertThat(problems("start a 1", "end a 3")).hasSize(1);
        assertThat(problems("start a 1", "start b 1", "end b 2")).hasSize(1);
        assertThat(problems("start a 1", "end a 2", "end a 3")).hasSize(1);
        assertThat(problems("update a 2", "end a 3")).hasSize(1);
    }

    @Test
    void wantsAClipBehindItsEndAndOnlyOne() {
        assertThat(problems("start a 1", "end a 2", "start b 1", "clip a 3", "end b 2"))
                .isEmpty();
        assertThat(problems("start a 1", "clip a 2", "end a 3")).isNotEmpty();
        assertThat(problems("start a 1", "end a 2", "clip a 3", "clip a 4")).hasSize(1);
        assertThat(problems("start a 1", "end a 2", "clip a 4")).hasSize(1);
    }

    private static List<String> problems(String... reports) {
        List<Receipt> receipts = Stream.of(reports)
                .map(report -> report.split(" "))
                .map(word -> "{\"type\":\"%s\",\"visit_id\":\"%s\",\"revision\":%s}".formatted((Object[]) word))
                .map(json -> new Receipt(0, "lightnvr/visits/cam_1", json, 0, false, false, Map.of()))
                .toList();
        return VisitCheck.problems(new Hearing("tap", receipts, 1));
    }
}
