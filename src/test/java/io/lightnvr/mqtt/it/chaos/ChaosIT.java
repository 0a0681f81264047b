package io.lightnvr.mqtt.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.it.TestBed;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Short rounds of chaos; {@link ChaosMeasure} is the long one. {@code -Dit.test=ChaosIT -Dchaos.seed=N} gives the second
 * round the seed that an earlier one printed.
 */
@Execution(ExecutionMode.CONCURRENT)
class ChaosIT {

    /** Its round has nearly every kind of fault. */
    private static final long FIXED_SEED = 80;

    /** Its round has 7 of the 8 kinds that break no connection to the broker. */
    private static final long CALM_SEED = 1;

    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final Duration CALM_LENGTH = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofSeconds(12);

    /** After a refused login the bridge waits for a minute, which would be all of the round. */
    private static final Set<Kind> NOT_IN_A_SHORT_ROUND = EnumSet.of(Kind.BROKER_LOGIN);

    /** What breaks no connection to the broker. */
    private static final Set<Kind> CALM = EnumSet.of(
            Kind.BROKER_SLOW,
            Kind.RECORDER_KILL,
            Kind.RECORDER_FREEZE,
            Kind.RECORDER_CUT,
            Kind.RECORDER_REFUSE,
            Kind.RECORDER_SLOW,
            Kind.RECORDER_HALF_CLOSE,
            Kind.CLOCK_AHEAD);

    @RegisterExtension
    private final TestBed bed = new TestBed();

    @Test
    void losesNothingInTheRoundOfAFixedSeed() {
        assertThat(Round.live(bed, plan(FIXED_SEED)).problems()).isEmpty();
    }

    @Test
    void losesNothingInARoundOfAnySeed() {
        long seed = Long.getLong("chaos.seed", ThreadLocalRandom.current().nextLong(1_000, 1_000_000));

        assertThat(Round.live(bed, plan(seed)).problems()).isEmpty();
    }

    @Test
    void losesNothingOfWhatTheRecorderSaysWithoutALogin() {
        long seed = ThreadLocalRandom.current().nextLong(1_000, 1_000_000);

        assertThat(Round.live(bed, plan(seed, new Way(1, seed % 2 == 0, Way.Source.HEARD)))
                        .problems())
                .isEmpty();
    }

    @Test
    void losesNothingWhenItIsKilledOnAFullDisk() {
        long seed = ThreadLocalRandom.current().nextLong(1_000, 1_000_000);
        Set<Kind> kinds = EnumSet.of(Kind.KILL_ON_FULL_DISK, Kind.BROKER_CUT, Kind.RECORDER_CUT);

        assertThat(Round.live(bed, new Plan(seed, LENGTH, LONGEST, kinds, Way.of(seed)))
                        .problems())
                .isEmpty();
    }

    @Test
    void repeatsNothingWithQos2WhileNoConnectionIsLost() {
        Way calm = new Way(2, false, Way.Source.HEARD_AND_READ);
        Verdict verdict = Round.live(bed, new Plan(CALM_SEED, CALM_LENGTH, Duration.ofSeconds(4), CALM, calm));

        assertThat(verdict.problems()).isEmpty();
        // A machine that is busy enough breaks a connection without any fault.
        assertThat(verdict.connections() > 1 || verdict.repeated() == 0)
                .as("%d repeats in one connection", verdict.repeated())
                .isTrue();
    }

    private static Plan plan(long seed) {
        return plan(seed, Way.of(seed));
    }

    private static Plan plan(long seed, Way way) {
        Set<Kind> kinds = Kind.chosen();
        kinds.removeAll(NOT_IN_A_SHORT_ROUND);
        return new Plan(seed, LENGTH, LONGEST, kinds, way);
    }
}
