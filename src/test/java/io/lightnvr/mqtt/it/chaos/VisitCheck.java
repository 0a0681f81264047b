package io.lightnvr.mqtt.it.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Visits: each has one start, one end, at most one clip afterwards, and no gap between its revisions; two of one stream never
 * overlap. A report that comes again is the same one.
 */
final class VisitCheck {

    private static final String TOPIC = "lightnvr/visits/[^/]+";

    private VisitCheck() {}

    /** What is wrong when all visits are over. */
    static List<String> problems(Hearing hearing) {
        List<String> problems = new ArrayList<>();
        byStream(hearing).forEach((topic, reports) -> problems.addAll(problems(topic, reports)));
        return problems;
    }

    /** How many visits were told of. */
    static int count(Hearing hearing) {
        return (int) reports(hearing).stream()
                .filter(report -> type(report).equals("start"))
                .count();
    }

    /** All reports, each once. */
    static List<JsonNode> reports(Hearing hearing) {
        return byStream(hearing).values().stream().flatMap(List::stream).toList();
    }

    /** The reports of each topic, each once, in the order in which they came first. */
    private static Map<String, List<JsonNode>> byStream(Hearing hearing) {
        Map<String, Map<String, JsonNode>> first = new LinkedHashMap<>();
        hearing.receipts().stream()
                .filter(receipt -> receipt.topic().matches(TOPIC))
                .forEach(receipt -> first.computeIfAbsent(receipt.topic(), topic -> new LinkedHashMap<>())
                        .putIfAbsent(id(receipt.json()) + receipt.json().path("revision"), receipt.json()));
        Map<String, List<JsonNode>> all = new LinkedHashMap<>();
        first.forEach((topic, reports) -> all.put(topic, List.copyOf(reports.values())));
        return all;
    }

    private static List<String> problems(String topic, List<JsonNode> reports) {
        List<String> problems = new ArrayList<>();
        Map<String, JsonNode> ends = new HashMap<>();
        Optional<JsonNode> before = Optional.empty();
        for (JsonNode report : reports) {
            if (type(report).equals("clip")) {
                JsonNode end = ends.remove(id(report));
                if (end == null || revision(report) != revision(end) + 1) {
                    problems.add("%s: %s must not follow %s".formatted(topic, report, end));
                }
                continue;
            }
            boolean isFirst = before.isEmpty() || type(before.get()).equals("end");
            boolean follows = isFirst
                    ? type(report).equals("start") && revision(report) == 1
                    : id(report).equals(id(before.get())) && revision(report) == revision(before.get()) + 1;
            if (!follows || !isFirst && type(report).equals("start")) {
                problems.add("%s: %s must not follow %s".formatted(topic, report, before.orElse(report)));
            }
            if (type(report).equals("end")) {
                ends.put(id(report), report);
            }
            before = Optional.of(report);
        }
        before.filter(last -> !type(last).equals("end"))
                .ifPresent(last -> problems.add("%s: the last visit has no end: %s".formatted(topic, last)));
        return problems;
    }

    private static String id(JsonNode report) {
        return report.path("visit_id").asText();
    }

    private static String type(JsonNode report) {
        return report.path("type").asText();
    }

    private static int revision(JsonNode report) {
        return report.path("revision").asInt();
    }
}
