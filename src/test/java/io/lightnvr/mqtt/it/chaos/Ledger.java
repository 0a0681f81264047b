package io.lightnvr.mqtt.it.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a recorder wrote down: when it began to see things, when its clock was set, and every row. A row is in it before
 * anybody can ask for it; one that is in it when the recorder is killed is shown when it is back.
 *
 * <p>Not every row is owed to a subscriber. Two kinds are filed by the recorder itself where nobody can look for them:
 *
 * <ul>
 *   <li>a late row whose picture was taken before the clock was set, and that was written after that: its second
 *       belongs to a clock that is no more;
 *   <li>a row that the clock, set forward, made older than the bridge catches up (an hour), before there was time to
 *       look: those of the last 15 s in 1970, when the clock comes back from there.
 * </ul>
 *
 * <p>Everything else is owed, rows with a wrong second too: whoever polls sees them while the clock is as wrong as they
 * are, or right after it was set. So no more than that may be lost by a step of the clock, provided that each time
 * between two steps is long enough for a look at each stream ({@link Fault#calmBefore}).
 *
 * @param begun when it began to see things, by the right time, in epoch milliseconds
 * @param steps of its clock, in order
 * @param rows in the order in which they were written
 */
record Ledger(OptionalLong begun, List<Step> steps, List<Filed> rows) {

    static final String BEGUN = "begun\t";
    static final String STEP = "step\t";
    static final String ROW = "row\t";

    private static final long CAUGHT_UP_SECONDS = 3_600;
    private static final long LOOKED_MILLIS = 15_000;

    /**
     * The recorder's clock is set.
     *
     * @param at by the right time, in epoch milliseconds
     * @param ahead how many seconds it is ahead from now on
     */
    record Step(long at, long ahead) {}

    Ledger {
        steps = List.copyOf(steps);
        rows = List.copyOf(rows);
    }

    static Ledger empty() {
        return new Ledger(OptionalLong.empty(), List.of(), List.of());
    }

    /** Reads a file; what a kill left of a last line that has no end was never shown. */
    static Ledger read(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return of(text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Ledger of(List<String> lines) {
        OptionalLong begun = OptionalLong.empty();
        List<Step> steps = new ArrayList<>();
        List<Filed> rows = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(BEGUN)) {
                begun = OptionalLong.of(Long.parseLong(line.substring(BEGUN.length())));
            } else if (line.startsWith(STEP)) {
                String[] field = line.substring(STEP.length()).split("\t");
                steps.add(new Step(Long.parseLong(field[0]), Long.parseLong(field[1])));
            } else {
                rows.add(Filed.of(line.substring(ROW.length())));
            }
        }
        return new Ledger(begun, steps, rows);
    }

    /** By how many seconds the recorder's clock is ahead. */
    long ahead() {
        return steps.isEmpty() ? 0 : steps.get(steps.size() - 1).ahead();
    }

    /** The part of it that the recorder also said. */
    Ledger only(List<Sighted> said) {
        Map<Sighted, Integer> left = new HashMap<>();
        said.forEach(row -> left.merge(row, 1, Integer::sum));
        List<Filed> rest = rows.stream()
                .filter(row -> left.merge(row.sighted(), -1, Integer::sum) >= 0)
                .toList();
        return new Ledger(begun, steps, rest);
    }

    /** What a subscriber must hear of. */
    List<Sighted> owed() {
        return rows.stream().filter(this::isOwed).map(Filed::sighted).toList();
    }

    /** What a subscriber may hear of. */
    List<Sighted> shown() {
        return rows.stream().map(Filed::sighted).toList();
    }

    private boolean isOwed(Filed row) {
        return row.clockThen() == row.clockNow()
                && steps.stream()
                        .filter(step -> step.at() >= row.at() && step.at() <= row.at() + LOOKED_MILLIS)
                        .allMatch(step -> step.ahead() - row.clockNow() <= CAUGHT_UP_SECONDS);
    }
}
