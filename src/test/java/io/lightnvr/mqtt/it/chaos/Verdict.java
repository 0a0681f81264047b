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

    static Verdict of(Evidence evidence) {
        Hearing tap = evidence.tap();
        RowCheck rows = RowCheck.of(evidence.ledger(), tap);
        RepeatCheck repeats = RepeatCheck.of(tap);
        List<String> problems = new ArrayList<>();
        problems.addAll(rows.problems());
        problems.addAll(EventCheck.problems(tap));
        problems.addAll(repeats.problems());
        problems.addAll(VisitCheck.problems(tap));
        problems.addAll(PictureCheck.problems(tap, evidence.retained()));
        evidence.remembered().forEach(ear -> problems.addAll(MemoryCheck.problems(evidence, ear)));
        problems.addAll(StateCheck.problems(evidence.ledger(), evidence.retained()));
        if (tap.subscriptions() != evidence.brokerStarts()) {
            problems.add(
                    "The tap subscribed %d times to a broker that was started %d times: it may have missed something"
                            .formatted(tap.subscriptions(), evidence.brokerStarts()));
        }
        return new Verdict(
                problems,
                evidence.ledger().rows().size(),
                evidence.ledger().owed().size(),
                tap.events().size(),
                VisitCheck.count(tap),
                PictureCheck.count(tap),
                rows.missing().size(),
                repeats.repeated(),
                repeats.connections());
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
