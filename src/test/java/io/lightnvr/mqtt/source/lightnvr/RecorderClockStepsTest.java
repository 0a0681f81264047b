package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The recorder's clock is set while the bridge looks. */
class RecorderClockStepsTest {

    private static final long HOUR = 3_600;
    private static final long[] STEPS = {HOUR, -HOUR, 2 * HOUR, -2 * HOUR, 20_000, -20_000, 90, -90};

    @Test
    void findsNewRowsThatRowsOfTheFutureHide() {
        Watcher watcher = Watcher.started();
        watcher.insert("before", 0, 15);
        watcher.insert("before", 1, 15);
        watcher.poll();
        watcher.passSeconds(2);
        watcher.recorderAheadMillis -= HOUR * 1000;
        watcher.insert("after", 0);

        List<String> found = watcher.poll();

        assertThat(found).containsExactly("after@0#1");
        assertThat(watcher.queries).contains(watcher.second() + 30);
    }

    @Test
    void tellsRowsThatCameInRightBeforeTheClockWasSetBack() {
        Watcher watcher = Watcher.started();
        watcher.passSeconds(1);
        watcher.insert("just before", 0, 18);
        watcher.insert("just before", 1, 18);
        watcher.recorderAheadMillis -= HOUR * 1000;
        watcher.passSeconds(1);

        assertThat(watcher.poll()).hasSize(36);
        assertThat(watcher.poll()).isEmpty();
    }

    @Test
    void repeatsNothingWhenTheClockComesBackToASecondItHadBefore() {
        Watcher watcher = Watcher.started();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            if (i == 100) {
                watcher.recorderAheadMillis -= 100_000;
            }
            watcher.passSeconds(1);
            watcher.insert("same", 0);
            found.addAll(watcher.poll());
        }

        assertThat(found).hasSize(300);
    }

    @Test
    void doesNotTakeRowsOfLastHourForNewWhenTheClockIsSetBackToBeforeTheFirstLook() {
        Watcher watcher = new Watcher();
        for (int i = 0; i < HOUR / 10; i++) {
            watcher.insert("history", HOUR - i * 10);
        }
        watcher.poll();
        watcher.recorderAheadMillis -= (HOUR - 100) * 1000;
        watcher.passSeconds(3);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            watcher.passSeconds(3);
            found.addAll(watcher.poll());
        }
        watcher.insert("new", 0);
        found.addAll(watcher.poll());

        assertThat(found).contains("new@0#1").hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void seesThePresentWhereTheRecorderHoldsRowsOfTheFutureFromTheStart() {
        Watcher watcher = new Watcher();
        watcher.insert("from 2030", -100_000_000, 25);
        watcher.insert("present", 0);

        assertThat(watcher.poll()).isEmpty();
        watcher.passSeconds(1);
        watcher.insert("new", 0);
        assertThat(watcher.poll()).containsExactly("new@0#1");
    }

    @Test
    void goesTo1970AndBack() {
        Watcher watcher = Watcher.started();
        watcher.insert("first", 0);
        List<String> found = new ArrayList<>(watcher.poll());
        watcher.recorderAheadMillis -= (Watcher.START - 5) * 1000;
        for (int i = 0; i < 100; i++) {
            watcher.passSeconds(2);
            watcher.insert("in 1970", 0);
            found.addAll(watcher.poll());
        }
        watcher.recorderAheadMillis = 0;
        for (int i = 0; i < 100; i++) {
            watcher.passSeconds(2);
            watcher.insert("back again", 0);
            found.addAll(watcher.poll());
        }

        assertThat(found).hasSize(201);
    }

    @Test
    void remembersWhatWasPublishedWhenTheClockLeapsYearsForwardForAMoment() {
        Watcher watcher = Watcher.started();
        watcher.insert("row", 0);
        watcher.poll();
        watcher.recorderAheadMillis += 4 * 365 * 24 * HOUR * 1000;
        watcher.passSeconds(1);
        watcher.pollAll();
        watcher.recorderAheadMillis = 0;
        watcher.passSeconds(1);

        assertThat(watcher.poll()).isEmpty();
    }

    @Test
    void publishesEachRowOnceWhateverTheSteps() {
        long rows = LongStream.range(0, 80).map(seed -> run(seed, false)).sum();

        assertThat(rows).isGreaterThan(5_000);
    }

    @Test
    void publishesEachRowOnceWhateverTheStepsDuringOutages() {
        long rows = LongStream.range(0, 80).map(seed -> run(seed, true)).sum();

        assertThat(rows).isGreaterThan(5_000);
    }

    /**
     * Rows that come in between two steps without a look between them, or none that was kept, are filed where nobody can
     * know of them; and what of an outage is filed before the floor cannot be told from old rows, so that there the
     * window is a day old.
     */
    private long run(long seed, boolean outages) {
        RandomSchedule schedule = new RandomSchedule(seed, Page.FULL);
        schedule.mostLateSeconds = 0;
        schedule.poll(0);
        if (outages) {
            schedule.watcher.passSeconds(25 * HOUR);
            schedule.poll(0);
        }
        for (int i = 0; i < 60; i++) {
            schedule.live(1_000 + schedule.random.nextInt(3_000), 0.3);
            boolean step = schedule.random.nextInt(10) == 0;
            if (schedule.random.nextInt(8) == 0) {
                schedule.restart();
            }
            if (step) {
                step(schedule, outages && schedule.random.nextBoolean() ? 400_000 : 1);
            }
            schedule.poll(step ? 0 : 0.1);
            if (step) {
                schedule.keepLast();
            }
        }
        schedule.live(15_000, 1e-9);
        schedule.poll(0);
        assertThat(schedule.lost()).as("lost with seed %d", seed).isEmpty();
        assertThat(schedule.invented()).as("invented with seed %d", seed).isEmpty();
        return schedule.publishedRows();
    }

    /** A step in an outage of up to some time before it and after it. */
    private static void step(RandomSchedule schedule, int mostMillis) {
        long seconds = STEPS[schedule.random.nextInt(STEPS.length)];
        long there = schedule.watcher.second() + seconds;
        if (there > 0 && there < ScanRange.FAR) {
            schedule.live(schedule.random.nextInt(mostMillis), 0.05);
            schedule.watcher.recorderAheadMillis += seconds * 1000;
            schedule.live(schedule.random.nextInt(mostMillis), 0.05);
        }
    }
}
