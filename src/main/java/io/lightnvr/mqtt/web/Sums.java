package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.status.LastHour;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus;
import io.lightnvr.mqtt.status.StatusBoard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What several bridges have counted together. Each has connections of its own to the broker, to Home Assistant and to the
 * Supervisor; of each of these neighbours the one is told with which there is most to say.
 */
final class Sums {

    private static final List<PartStatus.Condition> WORST_FIRST = List.of(
            PartStatus.Condition.OFFLINE,
            PartStatus.Condition.UNKNOWN,
            PartStatus.Condition.ONLINE,
            PartStatus.Condition.ABSENT);

    /** Whoever has heard nothing of Home Assistant yet has less to say than whoever has. */
    private static final List<PartStatus.Condition> KNOWN_FIRST = List.of(
            PartStatus.Condition.OFFLINE,
            PartStatus.Condition.ONLINE,
            PartStatus.Condition.UNKNOWN,
            PartStatus.Condition.ABSENT);

    private Sums() {}

    /** The sum of a count. */
    static long of(List<Watched> recorders, ToLongFunction<Watched> count) {
        return recorders.stream().mapToLong(count).sum();
    }

    /** The last error of all, with the recorder's name where there are several. */
    static Optional<String> lastError(List<Watched> recorders) {
        return latest(recorders)
                .flatMap(recorder -> recorder.board().counts().lastError().map(recorder::named));
    }

    /** When that was, by the wall clock. */
    static Optional<Instant> lastErrorAt(List<Watched> recorders) {
        return latest(recorders).flatMap(Sums::errorAt);
    }

    private static Optional<Watched> latest(List<Watched> recorders) {
        return recorders.stream()
                .filter(recorder -> errorAt(recorder).isPresent())
                .max(Comparator.comparing(recorder -> errorAt(recorder).orElseThrow()));
    }

    private static Optional<Instant> errorAt(Watched recorder) {
        return recorder.board().lastErrorAt().map(recorder.bridge()::wall);
    }

    /** The last hour of all: its events together, and the slowest of their latencies. */
    static List<LastHour.Minute> lastHour(List<Watched> recorders) {
        List<List<LastHour.Minute>> hours = recorders.stream()
                .map(Watched::board)
                .map(StatusBoard::lastHour)
                .map(LastHour::minutes)
                .toList();
        List<LastHour.Minute> all = new ArrayList<>();
        for (int minute = 0; minute < LastHour.MINUTES; minute++) {
            int which = minute;
            List<LastHour.Minute> same =
                    hours.stream().map(hour -> hour.get(which)).toList();
            all.add(new LastHour.Minute(
                    same.stream().mapToLong(LastHour.Minute::events).sum(),
                    slowest(same, LastHour.Minute::median),
                    slowest(same, LastHour.Minute::longest)));
        }
        return all;
    }

    private static OptionalLong slowest(
            List<LastHour.Minute> minutes, Function<LastHour.Minute, OptionalLong> latency) {
        return minutes.stream().map(latency).flatMapToLong(OptionalLong::stream).max();
    }

    /** A neighbour that all have in common. */
    static PartStatus neighbour(List<Watched> recorders, Part part) {
        List<PartStatus.Condition> order = part == Part.HOME_ASSISTANT ? KNOWN_FIRST : WORST_FIRST;
        return recorders.stream()
                .map(recorder -> recorder.live().parts().stream()
                        .filter(status -> status.part() == part)
                        .findFirst()
                        .orElseThrow())
                .min(Comparator.comparingInt(status -> order.indexOf(status.condition())))
                .orElseThrow();
    }
}
