package io.lightnvr.mqtt.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.it.TestBed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The long rounds of chaos, one for each {@link Way}: {@code .ci/measure Chaos -Dchaos.minutes=10}, and as one likes
 * {@code -Dchaos.seed=4}, {@code -Dchaos.qos=2}, {@code -Dchaos.tls=true}, {@code -Dchaos.source=heard}, {@code
 * -Dchaos.faults=broker_kill,clock_1970}.
 */
@Execution(ExecutionMode.CONCURRENT)
class ChaosMeasure {

    private static final Duration LONGEST = Duration.ofSeconds(Long.getLong("chaos.longest", 10));
    private static final List<Verdict> VERDICTS = Collections.synchronizedList(new ArrayList<>());
    private static final Map<Kind, Long> FAULTS = Collections.synchronizedMap(new TreeMap<>());

    @RegisterExtension
    private final TestBed bed = new TestBed();

    @ParameterizedTest
    @MethodSource("io.lightnvr.mqtt.it.chaos.Way#chosen")
    @Timeout(value = 24, unit = TimeUnit.HOURS)
    void losesNothingInALongRound(Way way) {
        Plan plan = new Plan(
                Long.getLong("chaos.seed", ThreadLocalRandom.current().nextLong(1_000, 1_000_000)),
                Duration.ofMinutes(Long.getLong("chaos.minutes", 10)),
                LONGEST,
                Kind.chosen(),
                way);

        Verdict verdict = Round.live(bed, plan);

        Schedule.of(plan).forEach(fault -> FAULTS.merge(fault.kind(), 1L, Long::sum));
        VERDICTS.add(verdict);
        assertThat(verdict.problems()).isEmpty();
    }

    @AfterAll
    static void addUp() {
        System.out.printf(
                "measured: chaos, %d rounds: %d faults, %d connections, %d events, %d visits, %d pictures,"
                        + " %d of %d rows owed missing, %d messages repeated, %d problems%n",
                VERDICTS.size(),
                FAULTS.values().stream().mapToLong(Long::longValue).sum(),
                sum(Verdict::connections),
                sum(Verdict::events),
                sum(Verdict::visits),
                sum(Verdict::pictures),
                sum(Verdict::missing),
                sum(Verdict::owed),
                sum(Verdict::repeated),
                sum(verdict -> verdict.problems().size()));
        System.out.println("measured: chaos, faults by kind: " + FAULTS);
    }

    private static int sum(ToIntFunction<Verdict> figure) {
        return VERDICTS.stream().mapToInt(figure).sum();
    }
}
