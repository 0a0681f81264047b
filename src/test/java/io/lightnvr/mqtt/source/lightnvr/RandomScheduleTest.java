package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The window against a model of the recorder, over thousands of random schedules. A failure names its seed. */
class RandomScheduleTest {

    /** By how many seconds our own clock is wrong. */
    private static final long[] OUR_ERRORS = {0, 0, 40, -40, 7_200, -Watcher.START, 1_000_000_000};

    /** By how many seconds the recorder's clock is wrong. */
    private static final long[] CLOCK_STEPS = {0, 0, 0, 3_600, -3_600};

    @Test
    void publishesEachRowOnceWhateverTheSchedule() {
        long rows = LongStream.range(0, 1_000).map(seed -> run(seed, 1)).sum();

        assertThat(rows).isGreaterThan(10_000);
    }

    @Test
    void publishesEachRowOnceWhetherItIsHeardOrRead() {
        long rows = LongStream.range(0, 1_000)
                .map(seed -> run(seed, seed % 3 == 0 ? 0.3 : 0))
                .sum();

        assertThat(rows).isGreaterThan(10_000);
    }

    @Test
    void publishesEachHeardDetectionOnceThoughTheClockIsSetBetweenTwoPolls() {
        for (long seed = 0; seed < 500; seed++) {
            RandomSchedule schedule = new RandomSchedule(seed, Page.FULL);
            schedule.unpublished = 0;
            schedule.poll(0);
            for (int i = 0; i < 20; i++) {
                schedule.watcher.recorderAheadMillis = CLOCK_STEPS[schedule.random.nextInt(CLOCK_STEPS.length)] * 1000;
                schedule.live(1_000 + schedule.random.nextInt(20_000), 0.5);
                if (schedule.random.nextInt(3) > 0) {
                    schedule.hear();
                }
                if (schedule.random.nextInt(3) == 0) {
                    schedule.poll(0.2);
                }
                if (schedule.random.nextInt(8) == 0) {
                    schedule.restart();
                }
            }
            schedule.live(120_000, 1e-9);
            schedule.hear();
            schedule.poll(0);

            assertThat(schedule.lost()).as("lost with seed %d", seed).isEmpty();
            assertThat(schedule.invented()).as("invented with seed %d", seed).isEmpty();
        }
    }

    @Test
    void publishesEachHeardDetectionOnceWhileNothingCanBeRead() {
        for (long seed = 0; seed < 300; seed++) {
            RandomSchedule schedule = new RandomSchedule(seed, Page.FULL);
            schedule.unpublished = 0;
            for (int i = 0; i < 20; i++) {
                schedule.live(1_000 + schedule.random.nextInt(60_000), 0.5);
                schedule.hear();
                if (schedule.random.nextInt(5) == 0) {
                    schedule.restart();
                }
            }
            schedule.live(120_000, 1e-9);
            schedule.hear();

            assertThat(schedule.publishedRows())
                    .as("seed %d", seed)
                    .isEqualTo(schedule.recorder.rows().size());
        }
    }

    @Test
    void publishesNothingTwiceAndNothingWrongWhereSecondsAreTooFull() {
        int missed = 0;
        for (long seed = 0; seed < 100; seed++) {
            RandomSchedule schedule = new RandomSchedule(seed, 45);
            schedule.poll(0);
            for (int i = 0; i < 20; i++) {
                schedule.live(1_000, 1.5);
                schedule.poll(0.1);
            }
            missed += schedule.missed;

            assertThat(schedule.invented()).as("seed %d", seed).isEmpty();
        }
        assertThat(missed).isPositive();
    }

    private long run(long seed, double unpublished) {
        RandomSchedule schedule = new RandomSchedule(seed, Page.FULL);
        schedule.unpublished = unpublished;
        double rate = Math.pow(2, schedule.random.nextInt(5) - 4);
        schedule.live(65_000, rate);
        int polls = 8 + schedule.random.nextInt(10);
        for (int i = 0; i < polls; i++) {
            if (schedule.random.nextInt(8) == 0) {
                schedule.watcher.oursAheadMillis = OUR_ERRORS[schedule.random.nextInt(OUR_ERRORS.length)] * 1000;
                schedule.restart();
            }
            boolean pause = schedule.random.nextInt(20) == 0;
            long wait = pause ? 20_000 + schedule.random.nextInt(600_000) : 1_000 + schedule.random.nextInt(4_000);
            schedule.live(wait, pause ? rate / 20 : rate);
            if (schedule.random.nextBoolean()) {
                schedule.hear();
            }
            schedule.poll(0.2);
        }
        for (int i = 0; i < 6; i++) {
            schedule.live(2_000, 1e-9);
            schedule.hear();
            schedule.poll(0);
        }
        assertThat(schedule.lost()).as("lost with seed %d", seed).isEmpty();
        assertThat(schedule.invented()).as("invented with seed %d", seed).isEmpty();
        return schedule.publishedRows();
    }
}
