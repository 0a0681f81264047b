package io.lightnvr.mqtt.it.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What came again. Only what was in flight when a connection was lost may, and after a kill what was acknowledged shortly before: an
 * event comes at most once in each connection, and of what is older than the bridge may leave unwritten, no connection brings back
 * more events than messages may be in flight. A connection begins when the bridge says that it is online, which it does before
 * anything else.
 *
 * @param connections how many there were
 * @param repeated how many messages came again
 */
record RepeatCheck(int connections, int repeated, List<String> problems) {

    /** As many messages as the bridge has in flight at most, by its defaults. */
    static final int IN_FLIGHT = 20;

    /** An acknowledgement is written 10 s later at the latest; the rest is for a busy machine. */
    static final long UNWRITTEN_MILLIS = 15_000;

    private static final String AVAILABILITY = "lightnvr/availability";

    /** Where and when an event came. */
    private record Heard(int connection, long at) {}

    static RepeatCheck of(Hearing tap) {
        Map<String, Heard> heard = new HashMap<>();
        Map<Integer, Long> ends = new HashMap<>();
        Map<Integer, Integer> oldIn = new HashMap<>();
        List<Receipt> within = new ArrayList<>();
        int repeated = 0;
        int connection = 0;
        for (Receipt receipt : tap.receipts()) {
            connection += isBeginning(receipt) ? 1 : 0;
            Heard before =
                    receipt.isDetection() ? heard.put(receipt.eventId(), new Heard(connection, receipt.at())) : null;
            if (before != null) {
                repeated++;
                if (before.connection == connection) {
                    within.add(receipt);
                } else if (ends.get(before.connection) - before.at > UNWRITTEN_MILLIS) {
                    oldIn.merge(connection, 1, Integer::sum);
                }
            }
            ends.put(connection, receipt.at());
        }
        List<String> problems = new ArrayList<>(Verdict.problem("Messages that came twice in one connection", within));
        problems.addAll(Verdict.problem(
                "Connections that brought back more than %d old events".formatted(IN_FLIGHT),
                oldIn.values().stream().filter(count -> count > IN_FLIGHT).toList()));
        return new RepeatCheck(connection, repeated, problems);
    }

    private static boolean isBeginning(Receipt receipt) {
        return receipt.topic().equals(AVAILABILITY) && receipt.payload().equals("online") && !receipt.retained();
    }
}
