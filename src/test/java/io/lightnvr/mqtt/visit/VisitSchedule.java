package io.lightnvr.mqtt.visit;

import static io.lightnvr.mqtt.event.Events.FRONT_DOOR;
import static io.lightnvr.mqtt.event.Events.SECOND;
import static io.lightnvr.mqtt.visit.Stage.DRIVE;
import static io.lightnvr.mqtt.visit.Stage.STREET;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.ClearTimes;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.visit.VisitReport.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** One stream's random life. It throws an {@link AssertionError} with its seed as soon as something is not as it must be. */
final class VisitSchedule {

    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final VisitRules RULES = new VisitRules(
            "instance",
            EventGroups.standard(),
            new ClearTimes(USUAL, Map.of("vehicle", LONGEST, "animal", Duration.ofSeconds(5))));
    private static final List<String> LABELS = List.of("person", "dog", "car", "motion", "ghost");

    private final long seed;
    private final Random random;
    private final boolean parkedCars;
    private final Set<String> ids = new HashSet<>();
    private Instant now = Instant.ofEpochSecond(SECOND);
    private long recorderAhead;
    private StreamVisits visits = StreamVisits.NONE;
    private VisitReport last;
    private Instant lastReport = now;
    private boolean leapt;
    private int events;
    private int joined;
    private int told;

    VisitSchedule(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.parkedCars = random.nextBoolean();
    }

    /** Runs some steps and lets the last visit end; returns how many visits there were. */
    long run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
            check(visits.isDue(now) || !isDueAfter(now.plus(LONGEST)), "a deadline is too far");
            check(visits.open().isPresent() == isOpen(), "the open visit is not the one that was told");
        }
        take(() -> RULES.pass(visits, now));
        now = now.plus(LONGEST);
        take(() -> RULES.pass(visits, now));
        check(visits.open().isEmpty(), "a visit has no end");
        check(joined == told, "%d events in visits, %d told".formatted(joined, told));
        return ids.size();
    }

    private void step() {
        int choice = random.nextInt(100);
        if (choice < 55) {
            now = now.plusMillis(random.nextInt(random.nextBoolean() ? 3_000 : 25_000));
            event();
        } else if (choice < 80) {
            passWhenDue();
        } else if (choice < 90) {
            now = now.plusMillis(random.nextInt(90_000));
            take(() -> RULES.pass(visits, now));
        } else if (choice < 96) {
            visits = VisitsCodec.read(VisitsCodec.write(visits)).orElseThrow();
            visits = random.nextBoolean() ? visits.resumed(now) : visits;
        } else if (choice < 98) {
            now = now.plusSeconds(random.nextInt(8_000) - 4_000);
            leapt = true;
        } else {
            recorderAhead = random.nextInt(8_000) - 4_000;
        }
    }

    private void passWhenDue() {
        visits.nextDue().filter(due -> due.isAfter(now)).ifPresent(due -> now = due);
        boolean ahead =
                visits.open().filter(visit -> visit.times().isAhead(now)).isPresent();
        boolean due = visits.isDue(now);
        check(due == visits.open().isPresent(), "it is not due when it says");
        int reports = take(() -> RULES.pass(visits, now));
        check(ahead || reports == (due ? 1 : 0), "%d reports when due".formatted(reports));
        check(!visits.isDue(now), "it is due after it has passed");
    }

    private void event() {
        Instant since = now.minusMillis(random.nextBoolean() ? 0 : random.nextInt(45_000));
        DetectionEvent event =
                new DetectionEvent(FRONT_DOOR, since.getEpochSecond() + recorderAhead, detections(), since);
        String id = "event-" + ++events;
        boolean fresh = !since.isBefore(now.minus(USUAL));
        StreamVisits before = visits;
        StandingStill known = before.standing().at(now);
        boolean moving = event.detections().stream().anyMatch(detection -> !known.has(detection));
        int reports = take(() -> RULES.detected(visits, event, id, now));
        check(fresh || visits.equals(before) && reports == 0, "history changed something");
        joined += fresh && moving ? 1 : 0;
    }

    private List<Detection> detections() {
        List<Detection> all = new ArrayList<>();
        if (parkedCars) {
            all.add(Stage.at(DRIVE, "car", random.nextFloat()));
            all.add(Stage.at(Stage.moved(STREET, random.nextFloat() * 0.05), "car", random.nextFloat()));
        }
        for (int walkers = random.nextInt(3); walkers > 0 || all.isEmpty(); walkers--) {
            Box box =
                    random.nextInt(4) == 0 ? Box.whole() : new Box(random.nextFloat(), random.nextFloat(), 0.1f, 0.1f);
            String label = LABELS.get(random.nextInt(LABELS.size()));
            all.add(Stage.inZone(box, label, random.nextFloat(), "zone" + random.nextInt(4)));
        }
        return all;
    }

    /** Takes a step, sometimes only after it was thrown away, as after a failed transaction. */
    private int take(Supplier<Step> rule) {
        Step step = rule.get();
        if (random.nextInt(5) == 0) {
            check(step.equals(rule.get()), "a repeated step differs");
        }
        visits = step.after();
        step.reports().forEach(this::told);
        return step.reports().size();
    }

    private void told(VisitReport report) {
        if (report.type() == Type.START) {
            check(!isOpen(), "two visits are open");
            check(ids.add(report.visitId()), "an id repeats");
            check(report.revision() == 1, "the first revision is not 1");
            check(report.duration() == 0, "a start has a duration");
        } else {
            check(isOpen() && report.visitId().equals(last.visitId()), "a report of a visit that is not open");
            check(report.revision() == last.revision() + 1, "a gap between revisions");
            check(report.events() >= last.events(), "events get lost");
        }
        if (report.type() == Type.UPDATE) {
            check(leapt || !now.isBefore(lastReport.plusSeconds(2)), "reports are too near");
        }
        check(report.ended().isPresent() == (report.type() == Type.END), "ended is not only at the end");
        check(report.duration() >= 0, "a negative duration");
        told += report.type() == Type.END ? report.events() : 0;
        last = report;
        lastReport = now;
        leapt = false;
    }

    private boolean isDueAfter(Instant time) {
        return visits.nextDue().filter(due -> due.isAfter(time)).isPresent();
    }

    private boolean isOpen() {
        return last != null && last.type() != Type.END;
    }

    private void check(boolean right, String wrong) {
        if (!right) {
            throw new AssertionError("Schedule %d: %s".formatted(seed, wrong));
        }
    }
}
