package io.lightnvr.mqtt.it.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An ear with a session must have heard what the tap heard, in the same order, but for what a killed broker forgot: what
 * was said last in the seconds before. Where the broker was not ended at all, it must have heard it as often, too. The
 * order of what came with QoS 2 is Mosquitto's own: where more waits than may be in flight, 2.0.11 lets some pass others
 * that it took before and that the tap and an ear with QoS 1 heard in their order.
 */
final class MemoryCheck {

    /** The broker saves every second or two; a busy machine takes a multiple of it. */
    private static final long UNSAVED_MILLIS = 15_000;

    /** What the broker wrote last before it was killed is read a little later, on a busy machine seconds later. */
    private static final long READ_LATER_MILLIS = 10_000;

    private MemoryCheck() {}

    static List<String> problems(Evidence evidence, Hearing ear) {
        Hearing tap = evidence.tap();
        Set<String> said = tap.events().keySet();
        List<String> problems = new ArrayList<>();
        problems.addAll(Verdict.problem(
                "Events that %s never heard".formatted(ear.name()), missing(evidence.brokerKills(), tap, ear)));
        problems.addAll(Verdict.problem(
                "Events that only %s heard".formatted(ear.name()),
                ear.events().keySet().stream().filter(id -> !said.contains(id)).toList()));
        problems.addAll(order(tap, ear));
        if (evidence.brokerStarts() == 1
                && ear.detections().size() != tap.detections().size()) {
            problems.add("%s heard %d messages, the tap %d"
                    .formatted(
                            ear.name(),
                            ear.detections().size(),
                            tap.detections().size()));
        }
        return problems;
    }

    /** What the tap heard, the ear did not, and the broker had no excuse to forget. */
    static List<Receipt> missing(List<Long> brokerKills, Hearing tap, Hearing ear) {
        Set<String> heard = ear.events().keySet();
        return tap.detections().stream()
                .filter(receipt -> !heard.contains(receipt.eventId()))
                .filter(receipt -> !isForgotten(brokerKills, receipt.at()))
                .toList();
    }

    private static boolean isForgotten(List<Long> kills, long at) {
        return kills.stream().anyMatch(kill -> at > kill - UNSAVED_MILLIS && at < kill + READ_LATER_MILLIS);
    }

    private static List<String> order(Hearing tap, Hearing ear) {
        Map<String, List<Receipt>> heard = ear.eventsByStream();
        Set<String> ids = ear.events().keySet();
        List<String> problems = new ArrayList<>();
        tap.eventsByStream().forEach((stream, events) -> {
            List<String> expected =
                    events.stream().map(Receipt::eventId).filter(ids::contains).toList();
            List<Receipt> actual = heard.getOrDefault(stream, List.of());
            boolean ordered = actual.stream().allMatch(receipt -> receipt.qos() < 2);
            if (ordered
                    && !expected.equals(actual.stream().map(Receipt::eventId).toList())) {
                problems.add("%s heard the events of %s in another order than the tap".formatted(ear.name(), stream));
            }
        });
        return problems;
    }
}
