package io.lightnvr.mqtt.it.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the retained topics must say when all is over: everybody is online, nothing waits, nothing was given up, nothing
 * is there any more in any stream, and the last detection is the last one.
 *
 * <p>That is what was seen when the curtain fell, or, where the recorder's clock was ahead before, a row of that time: to
 * the recorder's own words it is later, and for an hour nobody can know better.
 */
final class StateCheck {

    private StateCheck() {}

    static List<String> problems(Ledger ledger, Hearing retained) {
        List<String> problems = new ArrayList<>();
        problems.addAll(expect(retained, "availability", "online"));
        problems.addAll(bridge(json(retained, "bridge/state")));
        for (String stream : Traffic.STREAMS) {
            String key = new StreamName(stream).key();
            problems.addAll(expect(retained, "availability/" + key, "online"));
            JsonNode state = json(retained, "state/" + key);
            if (!isClear(state) || !isLast(ledger, stream, state)) {
                problems.add("%s shows %s".formatted(stream, state));
            }
        }
        return problems;
    }

    private static List<String> expect(Hearing retained, String topic, String payload) {
        String said = last(retained, topic).map(Receipt::payload).orElse("");
        return said.equals(payload) ? List.of() : List.of("%s is \"%s\"".formatted(topic, said));
    }

    private static List<String> bridge(JsonNode state) {
        boolean well = state.path("recorder").asText().equals("online")
                && state.path("waiting").asInt(-1) == 0
                && state.path("dropped").asInt(-1) == 0;
        return well ? List.of() : List.of("bridge/state is " + state);
    }

    private static boolean isClear(JsonNode state) {
        Stream<JsonNode> switches = Stream.of("groups", "zones")
                .flatMap(name -> StreamSupport.stream(state.path(name).spliterator(), false));
        return state.path("count").asInt(-1) == 0
                && state.path("labels").isEmpty()
                && state.path("person").asText().equals("OFF")
                && switches.allMatch(on -> on.asText().equals("OFF"));
    }

    private static boolean isLast(Ledger ledger, String stream, JsonNode state) {
        List<Sighted> rows = ledger.shown().stream()
                .filter(row -> row.stream().equals(stream))
                .toList();
        long curtain = rows.stream()
                .reduce((earlier, later) -> later)
                .map(Sighted::second)
                .orElse(0L);
        return rows.stream()
                .filter(row -> row.second() >= curtain)
                .anyMatch(
                        row -> row.row().label().equals(state.path("last_label").asText())
                                && Instant.ofEpochSecond(row.second())
                                        .toString()
                                        .equals(state.path("last_detection").asText()));
    }

    private static JsonNode json(Hearing retained, String topic) {
        return last(retained, topic).map(Receipt::json).orElse(Receipt.JSON.missingNode());
    }

    private static Optional<Receipt> last(Hearing retained, String topic) {
        return retained.receipts().stream()
                .filter(receipt -> receipt.topic().equals("lightnvr/" + topic))
                .reduce((earlier, later) -> later);
    }
}
