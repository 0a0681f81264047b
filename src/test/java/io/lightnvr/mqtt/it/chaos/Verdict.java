package io.lightnvr.mqtt.it.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be said of a round. Pure.
 *
 * @param problems what must not be, in words; none where all is well
 * @param rows how many the recorder showed
 * @param owed how many of them had to be heard
 * @param events how many were heard, each counted once
 * @param visits how many of them there were
 * @param pictures how many were published
 * @param missing how many rows were not heard
 * @param repeated how many messages came again
 * @param connections how often the bridge connected
 */
record Verdict(
        List<String> problems,
        int rows,
        int owed,
        int events,
        int visits,
        int pictures,
        int missing,
        int repeated,
        int connections) {

    private static final int EXAMPLES = 5;

    Verdict {
        problems = List.copyOf(problems);
    }

    /** A round's verdict: all that is promised is to be held. */
    static Verdict of(Evidence evidence) {
        Hearing tap = evidence.tap();
        List<String> problems = new ArrayList<>();
        problems.addAll(RowCheck.of(evidence.ledger(), tap).problems());
        problems.addAll(EventCheck.problems(tap));
        problems.addAll(RepeatCheck.of(tap).problems());
        problems.addAll(VisitCheck.problems(tap));
        problems.addAll(PictureCheck.problems(tap, evidence.retained()));
        evidence.remembered().forEach(ear -> problems.addAll(MemoryCheck.problems(evidence, ear)));
        problems.addAll(StateCheck.problems(evidence.ledger(), evidence.retained()));
        return of(evidence, problems);
    }

    /** The verdict of a round in which the bridge was killed on a full disk. */
    static Verdict onAFullDisk(Evidence evidence) {
        return of(evidence, new ArrayList<>(FullDiskCheck.problems(evidence)));
    }

    private static Verdict of(Evidence evidence, List<String> problems) {
        Hearing tap = evidence.tap();
        if (tap.subscriptions() != evidence.brokerStarts()) {
            problems.add(
                    "The tap subscribed %d times to a broker that was started %d times: it may have missed something"
                            .formatted(tap.subscriptions(), evidence.brokerStarts()));
        }
        RepeatCheck repeats = RepeatCheck.of(tap);
        return new Verdict(
                problems,
                evidence.ledger().rows().size(),
                evidence.ledger().owed().size(),
                tap.events().size(),
                VisitCheck.count(tap),
                PictureCheck.count(tap),
                RowCheck.of(evidence.ledger(), tap).missing().size(),
                repeats.repeated(),
                repeats.connections());
    }

    /** This one with more problems. */
    Verdict and(List<String> more) {
        List<String> all = new ArrayList<>(problems);
        all.addAll(more);
        return new Verdict(all, rows, owed, events, visits, pictures, missing, repeated, connections);
    }

    /** A problem with its first examples; nothing where there are none. */
    static List<String> problem(String what, List<?> examples) {
        return examples.isEmpty()
                ? List.of()
                : List.of("%s: %d, such as %s"
                        .formatted(
                                what,
                                examples.size(),
                                examples.stream().limit(EXAMPLES).toList()));
    }
}
