package io.lightnvr.mqtt.it.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is promised where the bridge is killed on a full disk. It cannot know then what it had sent: the recorder is read
 * again from where the disk knows of. So what was sent may come again, under the same id or in other events, with numbers
 * that were given before, and a visit may begin anew, its first telling without an end. But no row is missing, none is invented, one id is one event,
 * and all states are right in the end.
 */
final class FullDiskCheck {

    private FullDiskCheck() {}

    static List<String> problems(Evidence evidence) {
        Hearing tap = evidence.tap();
        List<String> problems = new ArrayList<>(Verdict.problem(
                "Rows that nobody heard of", RowCheck.of(evidence.ledger(), tap).missing()));
        Set<Sighted> shown = new HashSet<>(evidence.ledger().shown());
        problems.addAll(Verdict.problem(
                "Rows that there never were",
                tap.rows().stream().filter(row -> !shown.contains(row)).toList()));
        Map<String, Receipt> first = tap.events();
        problems.addAll(Verdict.problem(
                "Messages with the id of another event",
                tap.detections().stream()
                        .filter(receipt -> !receipt.payload()
                                .equals(first.get(receipt.eventId()).payload()))
                        .toList()));
        problems.addAll(StateCheck.problems(evidence.ledger(), evidence.retained()));
        return problems;
    }
}
