package io.lightnvr.mqtt.it.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Row by row: what was shown against what was heard, identical rows counted.
 *
 * @param missing rows that had to be heard and were not
 * @param invented rows that were heard and never shown
 */
record RowCheck(List<Sighted> missing, List<Sighted> invented) {

    static RowCheck of(Ledger ledger, Hearing hearing) {
        List<Sighted> heard = hearing.rows();
        return new RowCheck(minus(ledger.owed(), heard), minus(heard, ledger.shown()));
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>(Verdict.problem("Rows that nobody heard of", missing));
        problems.addAll(Verdict.problem("Rows that there never were", invented));
        return problems;
    }

    /** The difference of two multisets. */
    private static List<Sighted> minus(List<Sighted> from, List<Sighted> away) {
        Map<Sighted, Integer> left = new HashMap<>();
        away.forEach(row -> left.merge(row, 1, Integer::sum));
        return from.stream()
                .filter(row -> left.merge(row, -1, Integer::sum) < 0)
                .toList();
    }
}
