package io.lightnvr.mqtt.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckReportTest {

    private final List<Finding> heard = new ArrayList<>();
    private final CheckReport report = new CheckReport(heard::add);

    @Test
    void isOkWithoutFindings() {
        assertThat(report.worst()).isEqualTo(Severity.OK);
    }

    @Test
    void isAsBadAsItsWorstFinding() {
        report.part("recorder").failed("does not answer", "start it");
        report.part("broker").warning("is slow", "wait");
        report.part("broker").ok("answers");

        assertThat(report.worst()).isEqualTo(Severity.FAILED);
    }

    @Test
    void passesOnEachFindingAtOnce() {
        report.part("recorder").ok("answers");

        assertThat(heard).containsExactly(Finding.ok("recorder", "answers"));
    }

    @Test
    void writesTheSeverityOfAFindingAsItsVerdict() throws IOException {
        report.part("broker").warning("is slow", "wait");

        JsonNode json = new ObjectMapper().readTree(report.json());

        assertThat(json.path("result").asText()).isEqualTo("warning");
        assertThat(json.path("findings"))
                .hasToString("[{\"part\":\"broker\",\"verdict\":\"warning\",\"sentence\":\"is slow\","
                        + "\"what_to_do\":\"wait\"}]");
    }
}
