package io.lightnvr.mqtt.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    void logsEachFindingWhenItBeginsAndWhenItEnds() {
        String log = logOf(() -> {
            findings.replace("publisher", List.of(TOPICS));
            findings.replace("publisher", List.of(TOPICS, CLIENT));
            findings.replace("publisher", List.of(CLIENT));
            findings.replace("publisher", Optional.empty());
        });

        assertThat(log.lines().map(line -> line.replaceFirst(".*OpenFindings - ", "")))
                .containsExactly(
                        TOPICS.toString(),
                        CLIENT.toString(),
                        "Resolved: recorder: shares the topics",
                        "Resolved: recorder: shares the client id");
        assertThat(board.counts().findings()).isEmpty();
    }

    private static String logOf(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
