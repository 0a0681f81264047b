package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What measurements have in common. */
public final class Measured {

    /** The flags of a small machine. */
    public static final List<String> SMALL_FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms6m", "-Xmx48m");

    /** What does not slow a broker down: who comes, who subscribes. */
    private static final List<String> QUIET_LOG =
            List.of("log_type none", "log_type notice", "log_type information", "log_type subscribe");

    /** How much further from its anchor something may be than when it was last told. */
    private static final double STEP_BACKWARDS = 1.2;

    private static final double TICKS_PER_SECOND = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private Measured() {}

    /** Somebody, each time at another place, as people are. */
    public static SimulatedRow person() {
        float x = PEOPLE.incrementAndGet() % 50_000 / 100_000f;
        return new SimulatedRow("person", 0.9f, x, 0.1f, 0.2f, 0.5f);
    }

    /** A broker, running, with its defaults but for these lines; it lets everybody in and logs little. */
    public static Mosquitto broker(TestBed bed, int port, String... lines) {
        List<String> all = new ArrayList<>(List.of("allow_anonymous true"));
        all.addAll(List.of(lines));
        all.addAll(QUIET_LOG);
        Mosquitto broker = new Mosquitto(bed, port, all);
        broker.start();
        return broker;
    }

    /** Tells a figure, in a line that {@code .ci/measure} shows. */
    public static void report(String format, Object... values) {
        System.out.println("measured: " + String.format(Locale.ROOT, format, values));
    }

    /**
     * Fails where something has become worse by more than a fifth. Machines differ, so it is held against an anchor of the same run.
     *
     * @param ratio how many times the anchor it is now; the smaller, the better
     * @param told how many times the anchor it was when docs/measured.md was written
     */
    static void requireNoStepBackwards(String what, double ratio, double told) {
        report("%s: %.2f times its anchor, %.2f when it was last told", what, ratio, told);
        assertThat(ratio).as(what + ", by its anchor").isLessThanOrEqualTo(STEP_BACKWARDS * told);
    }

    public static double percentile(List<Double> sorted, int percent) {
        return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
    }

    static double median(List<Double> values) {
        return percentile(values.stream().sorted().toList(), 50);
    }

    /** What a program has used of the processor so far. */
    public static double cpuSeconds(Program program) {
        return cpuSeconds(program.pid());
    }

    static double cpuSeconds(long pid) {
        String[] stat = lines(pid, "stat").get(0).replaceFirst("^.*\\) ", "").split(" ");
        return (Long.parseLong(stat[11]) + Long.parseLong(stat[12])) / TICKS_PER_SECOND;
    }

    /** What the threads of a program that still run have used of the processor, by their names without numbers. */
    static Map<String, Double> cpuSecondsOfThreads(long pid) {
        Map<String, Double> seconds = new HashMap<>();
        File[] threads = Path.of("/proc", Long.toString(pid), "task").toFile().listFiles();
        for (File thread : threads) {
            String name = lines(thread.toPath().resolve("comm")).get(0).replaceAll("[-# ]*[0-9]+", "");
            String nanos = lines(thread.toPath().resolve("schedstat")).get(0).replaceFirst(" .*", "");
            seconds.merge(name, Long.parseLong(nanos) / NANOS_PER_SECOND, Double::sum);
        }
        return seconds;
    }

    /** What a program has written to disks so far, in bytes: whole pages of the system's memory. */
    static long bytesWritten(Program program) {
        return lines(program.pid(), "io").stream()
                .filter(line -> line.startsWith("write_bytes: "))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** The memory that a program has now. */
    public static double residentMiB(Program program) {
        return residentMiB(program.pid());
    }

    static double residentMiB(long pid) {
        return statusMiB(pid, "VmRSS:");
    }

    /** The most memory that a program ever had. */
    static double peakMiB(Program program) {
        return statusMiB(program.pid(), "VmHWM:");
    }

    private static double statusMiB(long pid, String field) {
        return lines(pid, "status").stream()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> lines(long pid, String file) {
        return lines(Path.of("/proc", Long.toString(pid), file));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
