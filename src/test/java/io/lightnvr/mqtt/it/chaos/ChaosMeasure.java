package io.lightnvr.mqtt.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.it.TestBed;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The long round of chaos: {@code .ci/measure Chaos -Dchaos.minutes=30}, and as one likes {@code -Dchaos.seed=4}, {@code
 * -Dchaos.qos=2}, {@code -Dchaos.faults=broker_kill,clock_1970}.
 */
class ChaosMeasure {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @RegisterExtension
    private final TestBed bed = new TestBed();

    @Test
    @Timeout(value = 24, unit = TimeUnit.HOURS)
    void losesNothingInALongRound() {
        Plan plan = new Plan(
                Long.getLong("chaos.seed", ThreadLocalRandom.current().nextLong(1_000, 1_000_000)),
                Duration.ofMinutes(Long.getLong("chaos.minutes", 30)),
                LONGEST,
                Kind.chosen(),
                Integer.getInteger("chaos.qos", 1),
                true);
        Map<Kind, Long> byKind = Schedule.of(plan).stream()
                .collect(Collectors.groupingBy(Fault::kind, TreeMap::new, Collectors.counting()));

        Verdict verdict = Round.live(bed, plan);

        System.out.printf("measured: chaos seed %d, faults by kind: %s%n", plan.seed(), byKind);
        assertThat(verdict.problems()).isEmpty();
    }
}
