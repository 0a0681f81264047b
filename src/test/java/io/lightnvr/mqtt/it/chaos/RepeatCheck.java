package io.lightnvr.mqtt.it.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What came again. Only what was in flight when a connection was lost may: an event comes at most once in each
 * connection, and no connection brings back more events than messages may be in flight. A connection begins when the
 * bridge says that it is online, which it does before anything else.
 *
 * @param connections how many there were
 * @param repeated how many messages came again
 */
record RepeatCheck(int connections, int repeated, List<String> problems) {

    /** As many messages as the bridge has in flight at most, by its defaults. */
    static final int IN_FLIGHT = 20;

    private static final String AVAILABILITY = "lightnvr/availability";

    static RepeatCheck of(Hearing tap) {
        Map<String, Integer> heardIn = new HashMap<>();
        Map<Integer, Integer> repeatsOf = new HashMap<>();
        List<Receipt> within = new ArrayList<>();
        int connection = 0;
        for (Receipt receipt : tap.receipts()) {
            connection += isBeginning(receipt) ? 1 : 0;
            Integer before = receipt.isDetection() ? heardIn.put(receipt.eventId(), connection) : null;
            if (before != null) {
                repeatsOf.merge(connection, 1, Integer::sum);
            }
            if (before != null && before == connection) {
                within.add(receipt);
            }
        }
        List<String> problems = new ArrayList<>(Verdict.problem("Messages that came twice in one connection", within));
        problems.addAll(Verdict.problem(
                "Connections that brought back more than %d events".formatted(IN_FLIGHT),
                repeatsOf.values().stream().filter(count -> count > IN_FLIGHT).toList()));
        int repeated = repeatsOf.values().stream().mapToInt(Integer::intValue).sum();
        return new RepeatCheck(connection, repeated, problems);
    }

    private static boolean isBeginning(Receipt receipt) {
        return receipt.topic().equals(AVAILABILITY) && receipt.payload().equals("online") && !receipt.retained();
    }
}
