package io.lightnvr.mqtt.status;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the open findings of a running bridge, by subject. Each appears in the log when it opens and when it is resolved, and on
 * the {@link StatusBoard} in between. Thread-safe.
 */
public final class OpenFindings {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFindings.class);

    private final StatusBoard board;

    /** @param board shows the open findings */
    public OpenFindings(StatusBoard board) {
        this.board = board;
    }

    /** Replaces the findings of a subject; an empty list resolves them all. */
    public synchronized void replace(String subject, List<Finding> now) {
        List<Finding> before = board.replaceFindings(subject, now);
        now.stream().filter(finding -> !before.contains(finding)).forEach(finding -> LOG.warn("{}", finding));
        before.stream()
                .filter(finding -> !now.contains(finding))
                .forEach(finding -> LOG.info("Resolved: {}: {}", finding.part(), finding.sentence()));
    }

    /** Replaces the finding of a subject; an empty one resolves it. */
    public void replace(String subject, Optional<Finding> now) {
        replace(subject, now.stream().toList());
    }
}
