package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.source.Refusal;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import java.util.List;

/**
 * Turns what the recorder refuses into findings, each logged once until it changes, and into the last error. That only the
 * login is lost is believed at second sight: at a recorder that shows nothing without one, the next poll shows worse.
 */
final class RefusalReview {

    private final OpenFindings findings;
    private final StatusBoard board;
    private List<Refusal> seen = List.of();
    private List<Refusal> before = List.of();

    RefusalReview(StatusBoard board) {
        this.findings = new OpenFindings(board);
        this.board = board;
    }

    /**
     * Takes what is refused at present.
     *
     * @return whether detections were refused before, and no longer are
     */
    synchronized boolean review(List<Refusal> refusals) {
        List<Refusal> now = refusals.stream()
                .filter(refusal -> refusal.lost() != Refusal.Lost.LOGIN || seen.contains(refusal))
                .toList();
        seen = refusals;
        if (now.equals(before)) {
            return false;
        }
        findings.replace("access", now.stream().map(RecorderDiagnosis::refusal).toList());
        now.stream()
                .filter(refusal -> refusal.lost() != Refusal.Lost.ZONES && !before.contains(refusal))
                .forEach(refusal -> board.error(refusal.sentence()));
        boolean isBetter = countDetections(now) < countDetections(before);
        before = now;
        return isBetter;
    }

    private static long countDetections(List<Refusal> refusals) {
        return refusals.stream()
                .filter(refusal -> refusal.lost() == Refusal.Lost.DETECTIONS)
                .count();
    }
}
