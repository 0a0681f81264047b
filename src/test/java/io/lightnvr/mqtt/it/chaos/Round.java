package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A round of chaos: everything is started, the faults of the plan come and go, then all is well again, and when nothing
 * waits any more what was shown is held against what was heard.
 *
 * <p>A round that went well leaves nothing behind; one that did not leaves in {@code target/chaos/SEED} the logs of
 * bridges and brokers, the recorder's ledger, what each ear heard, and what was wrong with it.
 */
final class Round {

    private final Plan plan;
    private final List<Fault> faults;
    private final Traces traces;
    private final List<String> diary = new ArrayList<>();

    /** Something to do at a time of the round. */
    private record Deed(Duration at, String name, Runnable work) {}

    private Round(Plan plan) {
        this.plan = plan;
        this.faults = Schedule.of(plan);
        this.traces = Traces.of(plan.seed());
    }

    /** Lives through a round, and says how it was. */
    static Verdict live(TestBed bed, Plan plan) {
        Round round = new Round(plan);
        System.out.printf(
                "chaos: seed %d, %s, %d s, %d faults%n",
                plan.seed(), plan.way(), plan.length().toSeconds(), round.faults.size());
        World world = new World(bed, plan, round.traces.folder());
        boolean well = false;
        try {
            round.suffer(new Injector(world));
            new Recovery(world, !plan.killsOnAFullDisk()).await();
            Verdict verdict = round.verdict(world.evidence()).and(SecretCheck.problems(world, round.traces.folder()));
            round.report(verdict);
            well = verdict.problems().isEmpty();
            return verdict;
        } finally {
            round.end(world, well);
        }
    }

    private void suffer(Injector injector) {
        List<Deed> deeds = new ArrayList<>();
        for (Fault fault : faults) {
            deeds.add(new Deed(fault.at(), "begins: " + fault, () -> injector.begin(fault.kind())));
            deeds.add(new Deed(fault.end(), "ends: " + fault, () -> injector.end(fault.kind())));
        }
        deeds.add(new Deed(plan.length(), "the end of all faults", () -> {}));
        deeds.sort(Comparator.comparing(Deed::at));
        long begun = System.nanoTime();
        for (Deed deed : deeds) {
            while (System.nanoTime() - begun < deed.at().toNanos()) {
                LockSupport.parkNanos(deed.at().toNanos() - (System.nanoTime() - begun));
            }
            diary.add("%d %.1f s %s"
                    .formatted(System.currentTimeMillis(), (System.nanoTime() - begun) / 1e9, deed.name()));
            deed.work().run();
        }
    }

    private Verdict verdict(Evidence evidence) {
        return plan.killsOnAFullDisk() ? Verdict.onAFullDisk(evidence) : Verdict.of(evidence);
    }

    private void report(Verdict verdict) {
        System.out.printf(
                "measured: chaos seed %d, %s, %d s: %d faults, %d connections, %d rows (%d owed), %d events, %d visits,"
                        + " %d pictures, %d rows missing, %d messages repeated, %d problems%n",
                plan.seed(),
                plan.way(),
                plan.length().toSeconds(),
                faults.size(),
                verdict.connections(),
                verdict.rows(),
                verdict.owed(),
                verdict.events(),
                verdict.visits(),
                verdict.pictures(),
                verdict.missing(),
                verdict.repeated(),
                verdict.problems().size());
        diary.addAll(verdict.problems());
    }

    private void end(World world, boolean well) {
        if (well) {
            traces.remove();
            return;
        }
        traces.write("diary.txt", diary);
        keep("bridge", world.bridge().programs());
        keep("broker", world.broker().programs());
    }

    private void keep(String name, List<Program> programs) {
        for (int i = 0; i < programs.size(); i++) {
            traces.keep(name + "-" + (i + 1), programs.get(i));
        }
    }
}
