package io.lightnvr.mqtt.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.CapturedLog;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Reads the log, which goes to the standard error stream of the process. */
@Isolated
class OpenFindingsTest {

    private static final Finding TOPICS = Finding.warning("recorder", "shares the topics", "change one");
    private static final Finding CLIENT = Finding.warning("recorder", "shares the client id", "change one");

    private final StatusBoard board = new StatusBoard();
    private final OpenFindings findings = new OpenFindings(board);

    @Test
    void logsEachFindingWhenItOpensAndWhenItIsResolved() {
        try (CapturedLog log = new CapturedLog()) {
            findings.replace("publisher", List.of(TOPICS));
            findings.replace("publisher", List.of(TOPICS, CLIENT));
            findings.replace("publisher", List.of(CLIENT));
            findings.replace("publisher", Optional.empty());

            assertThat(log.lines())
                    .containsExactly(
                            "WARN " + TOPICS,
                            "WARN " + CLIENT,
                            "INFO Resolved: recorder: shares the topics",
                            "INFO Resolved: recorder: shares the client id");
        }
        assertThat(board.counts().findings()).isEmpty();
    }
}
