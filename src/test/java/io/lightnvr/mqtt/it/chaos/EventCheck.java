package io.lightnvr.mqtt.it.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Ids and numbers: one id is one event, and the events of each stream are numbered from 1 in the order of sending. */
final class EventCheck {

    private EventCheck() {}

    static List<String> problems(Hearing hearing) {
        List<String> problems = new ArrayList<>();
        problems.addAll(ids(hearing));
        hearing.eventsByStream().forEach((stream, events) -> problems.addAll(numbers(stream, events)));
        problems.addAll(enriched(hearing));
        return problems;
    }

    /** A message that comes again is the same in everything but its delay. */
    private static List<String> ids(Hearing hearing) {
        Map<String, Receipt> first = hearing.events();
        return Verdict.problem(
                "Messages with the id of another event",
                hearing.detections().stream()
                        .filter(receipt -> !isSame(receipt, first.get(receipt.eventId())))
                        .toList());
    }

    private static boolean isSame(Receipt one, Receipt other) {
        return one.payload().equals(other.payload())
                && one.sequence() == other.sequence()
                && !one.eventId().isEmpty();
    }

    private static List<String> numbers(String stream, List<Receipt> events) {
        List<Long> sequences = events.stream().map(Receipt::sequence).toList();
        List<Long> expected = LongStream.rangeClosed(1, events.size()).boxed().toList();
        int at = 0;
        while (at < sequences.size() && sequences.get(at).equals(expected.get(at))) {
            at++;
        }
        return at == sequences.size()
                ? List.of()
                : List.of("%s: event %d has the sequence %d".formatted(stream, at + 1, sequences.get(at)));
    }

    /** Beside each documented message there is ours, which says the same. */
    private static List<String> enriched(Hearing hearing) {
        Map<String, Long> documented = new HashMap<>();
        hearing.events().forEach((id, receipt) -> documented.put(id, receipt.sequence()));
        Map<String, Long> ours = new HashMap<>();
        hearing.receipts().stream()
                .filter(Receipt::isEnriched)
                .map(Receipt::json)
                .forEach(json -> ours.put(
                        json.path("event_id").asText(), json.path("sequence").asLong()));
        Set<Map.Entry<String, Long>> different = new HashSet<>(documented.entrySet());
        different.addAll(ours.entrySet());
        different.removeIf(entry -> entry.getValue().equals(documented.get(entry.getKey()))
                && entry.getValue().equals(ours.get(entry.getKey())));
        return Verdict.problem("Events that the two topics do not agree on", List.copyOf(different));
    }
}
