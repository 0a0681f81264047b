package io.lightnvr.mqtt.status;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is not as it should be while the bridge runs, as {@link Diagnosis} words it: in the log when it begins and when it
 * ends, and on the {@link StatusBoard} in between. Thread-safe.
 */
public final class OpenFindings {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFindings.class);

    private final StatusBoard board;

    public OpenFindings(StatusBoard board) {
        this.board = board;
    }

    /** All that is found of a subject now, which may be nothing. */
    public void are(String subject, List<Finding> now) {
        List<Finding> before = board.finds(subject, now);
        if (before.isEmpty()) {
            now.forEach(finding -> LOG.warn("{}", finding));
        } else if (now.isEmpty()) {
            before.forEach(finding -> LOG.info("No more: {}: {}", finding.part(), finding.sentence()));
        }
    }

    public void are(String subject, Optional<Finding> now) {
        are(subject, now.stream().toList());
    }
}
