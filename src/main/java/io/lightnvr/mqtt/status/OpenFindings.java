package io.lightnvr.mqtt.status;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The findings of a running bridge that still hold, by subject. Each appears in the log when it begins and when it ends, and on the
 * {@link StatusBoard} in between. Thread-safe.
 */
public final class OpenFindings {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFindings.class);

    private final StatusBoard board;

    public OpenFindings(StatusBoard board) {
        this.board = board;
    }

    /** Replaces the findings of a subject, perhaps by none. */
    public synchronized void are(String subject, List<Finding> now) {
        List<Finding> before = board.finds(subject, now);
        now.stream().filter(finding -> !before.contains(finding)).forEach(finding -> LOG.warn("{}", finding));
        before.stream()
                .filter(finding -> !now.contains(finding))
                .forEach(finding -> LOG.info("Resolved: {}: {}", finding.part(), finding.sentence()));
    }

    /** Replaces the finding of a subject, perhaps by none. */
    public void are(String subject, Optional<Finding> now) {
        are(subject, now.stream().toList());
    }
}
