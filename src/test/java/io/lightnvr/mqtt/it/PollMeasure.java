package io.lightnvr.mqtt.it;

import static io.lightnvr.mqtt.it.Measured.cpuSeconds;
import static io.lightnvr.mqtt.it.Measured.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The processor time of a poll that finds nothing new, by threads, with the flags of a small machine: {@code .ci/measure Poll}.
 * {@code -Dpoll.jars=OLD:NEW} compares jars in the same minutes, each with a recorder of its own in another process. It asserts
 * only that there were polls.
 */
class PollMeasure {

    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms6m", "-Xmx48m", "-Xmn4m", "-XX:-UsePerfData");

    /** More of them, such as those that start a profiler. */
    private static final List<String> MORE_FLAGS = Stream.of(
                    System.getProperty("poll.flags", "").split(" "))
            .filter(flag -> !flag.isEmpty())
            .toList();

    private static final int STREAMS = Integer.getInteger("poll.streams", 16);

    /** As many as the recorder ever returns, as it does for a stream that has seen something at any time. */
    private static final int ROWS = Integer.getInteger("poll.rows", 20);

    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("poll.seconds", 150));

    /** A new stream is polled once a second for a minute. */
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("poll.warmup", 75));

    private static final double SMALLEST_SHARE_MILLIS = 0.01;

    @RegisterExtension
    private final TestBed bed = new TestBed();

    private final List<Run> runs = new ArrayList<>();

    /** A bridge and the recorder that it polls. */
    private record Run(String name, BridgeProcess bridge, QuietRecorder recorder) {

        Usage usage() {
            long pid = bridge.program().pid();
            return new Usage(recorder.polls(), cpuSeconds(pid), Measured.cpuSecondsOfThreads(pid));
        }
    }

    /** What was used so far. */
    private record Usage(long polls, double seconds, Map<String, Double> threads) {}

    @Test
    @Timeout(3_600)
    void pollsOfQuietStreams() {
        Mosquitto broker = Measured.broker(bed, Ports.free());
        for (Path jar : ComparedJars.named("poll.jars")) {
            runs.add(run(jar, "bridge" + runs.size(), broker));
        }
        Eventually.staysSo("the streams become quiet", WARM_UP, this::isEverybodyAlive);
        Map<String, Usage> before = runs.stream().collect(Collectors.toMap(Run::name, Run::usage));
        Eventually.staysSo("the streams are quiet", MEASURED, this::isEverybodyAlive);
        runs.forEach(run -> tell(run, before.get(run.name()), run.usage()));
    }

    private Run run(Path jar, String name, Mosquitto broker) {
        QuietRecorder recorder = QuietRecorder.start(bed, STREAMS, ROWS);
        List<String> flags = Stream.concat(FLAGS.stream(), MORE_FLAGS.stream()).toList();
        BridgeOptions options = BridgeOptions.of(URI.create(recorder.url()), broker.port());
        return new Run(name, ComparedJars.run(bed, jar, name, flags, options), recorder);
    }

    private boolean isEverybodyAlive() {
        return runs.stream().allMatch(run -> run.bridge().program().isAlive());
    }

    private static void tell(Run run, Usage before, Usage after) {
        long polls = after.polls() - before.polls();
        assertThat(polls).isPositive();
        report(
                "%s: %d polls of %d streams with %d rows: %.3f ms of the processor for a poll",
                run.name(), polls, STREAMS, ROWS, 1_000 * (after.seconds() - before.seconds()) / polls);
        Map<String, Double> threads = new HashMap<>();
        after.threads()
                .forEach((name, seconds) -> threads.merge(
                        name, 1_000 * (seconds - before.threads().getOrDefault(name, 0.0)) / polls, Double::sum));
        threads.entrySet().stream()
                .filter(thread -> thread.getValue() >= SMALLEST_SHARE_MILLIS)
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .forEach(thread -> report("%s: %.3f ms by %s", run.name(), thread.getValue(), thread.getKey()));
    }
}
