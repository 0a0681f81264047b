package io.lightnvr.mqtt.it.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/**
 * Which faults come when in a round. Pure: the same seed, length and kinds give the same faults at the same times.
 * Every kind comes once before any comes again, as far as there is room; kinds that do not exclude each other may
 * overlap.
 */
final class Schedule {

    private static final int LEAD_MILLIS = 4_000;
    private static final int LEAST_GAP_MILLIS = 500;
    private static final int MOST_GAP_MILLIS = 3_000;

    private final Random random;
    private final Plan plan;
    private final List<Fault> faults = new ArrayList<>();
    private final Deque<Kind> bag = new ArrayDeque<>();

    private Schedule(Plan plan) {
        this.plan = plan;
        this.random = new Random(plan.seed());
    }

    /** The faults of a round, by the time of their beginning. */
    static List<Fault> of(Plan plan) {
        Schedule schedule = new Schedule(plan);
        long end = plan.length().toMillis();
        if (!plan.kinds().isEmpty()) {
            for (long at = LEAD_MILLIS; at < end; at += schedule.gap()) {
                schedule.add(at);
            }
        }
        schedule.faults.sort(Comparator.comparing(Fault::at));
        return List.copyOf(schedule.faults);
    }

    /** Adds the next kind as soon as nothing disturbs it; what would end after the round is left out. */
    private void add(long from) {
        Kind kind = next();
        Duration lasts = Duration.ofMillis(length(kind));
        Fault fault = new Fault(kind, Duration.ofMillis(from), lasts);
        for (Optional<Fault> other = obstacle(fault); other.isPresent(); other = obstacle(fault)) {
            fault = new Fault(kind, other.get().end().plus(other.get().calmBefore(kind)), lasts);
        }
        if (fault.end().compareTo(plan.length()) < 0) {
            faults.add(fault);
        }
    }

    private Optional<Fault> obstacle(Fault fault) {
        return faults.stream().filter(fault::disturbs).findFirst();
    }

    private Kind next() {
        if (bag.isEmpty()) {
            List<Kind> kinds = new ArrayList<>(new TreeSet<>(plan.kinds()));
            Collections.shuffle(kinds, random);
            bag.addAll(kinds);
        }
        return bag.remove();
    }

    /** Short ones are more frequent. */
    private long length(Kind kind) {
        int most = Math.max(
                kind.least(), Math.min(kind.most(), (int) plan.longest().toSeconds()));
        double part = random.nextDouble();
        return Math.round(1_000 * (kind.least() + (most - kind.least()) * part * part));
    }

    private int gap() {
        return LEAST_GAP_MILLIS + random.nextInt(MOST_GAP_MILLIS - LEAST_GAP_MILLIS);
    }
}
