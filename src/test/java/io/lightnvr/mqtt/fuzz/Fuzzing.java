package io.lightnvr.mqtt.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Feeds a parser, on a thread with as much of a stack as the program's, and holds the bounds for each input: no exception but the
 * parser's refusals, no more than 16 MiB allocated (so no more can be held at once), and no more than a second of the processor,
 * which a slow machine and one that has other things to do keep, too.
 */
final class Fuzzing {

    private static final long MOST_BYTES = 16 << 20;

    private static final int TRIES = 3;
    private static final int MOST_SHOWN = 3_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Parser parser;
    private final Parser.Feed feed;
    private long refused;
    private long longestNanos;
    private long mostBytes;

    /**
     * What a run has seen.
     *
     * @param refused how many of the inputs the parser refused with a sentence
     * @param longestNanos the longest that one took, of the processor
     * @param mostBytes the most that one allocated
     */
    record Figures(long inputs, long refused, long longestNanos, long mostBytes) {}

    private interface Work {
        void run() throws Throwable;
    }

    private Fuzzing(Parser parser) {
        this.parser = parser;
        this.feed = parser.feeds().get();
    }

    /**
     * Feeds the inputs of a seed, from the first.
     *
     * @throws AssertionError if one does harm, with that input
     */
    static Figures run(Parser parser, long seed, long count) {
        Fuzzing fuzzing = new Fuzzing(parser);
        Mutations mutations = parser.mutations();
        onItsOwnThread(() -> {
            for (long number = 0; number < count; number++) {
                fuzzing.take("input %d of seed %d".formatted(number, seed), mutations.input(seed, number));
            }
        });
        return new Figures(count, fuzzing.refused, fuzzing.longestNanos, fuzzing.mostBytes);
    }

    /** Feeds one input; an error as in {@link #run}. */
    static Figures take(Parser parser, String which, byte[] input) {
        Fuzzing fuzzing = new Fuzzing(parser);
        onItsOwnThread(() -> fuzzing.take(which, input));
        return new Figures(1, fuzzing.refused, fuzzing.longestNanos, fuzzing.mostBytes);
    }

    private static void onItsOwnThread(Work work) {
        AtomicReference<Throwable> fault = new AtomicReference<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        fault.set(e);
                    }
                },
                "fuzz");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (fault.get() instanceof Error error) {
            throw error;
        } else if (fault.get() != null) {
            throw new AssertionError(fault.get());
        }
    }

    /** Has an input parsed again that took long: loading a class, or a slow machine, does not take long each time. */
    private void take(String which, byte[] input) {
        long nanos = Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && (nanos > parser.within().toNanos() || bytes > MOST_BYTES); i++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long begun = THREADS.getCurrentThreadCpuTime();
            parse(which, input);
            nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - begun);
            bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - allocated);
        }
        longestNanos = Math.max(longestNanos, nanos);
        mostBytes = Math.max(mostBytes, bytes);
        if (nanos > parser.within().toNanos()) {
            throw harm(which, "takes %.1f s".formatted(nanos / 1e9), input, null);
        }
        if (bytes > MOST_BYTES) {
            throw harm(which, "allocates %.1f MiB".formatted(bytes / (double) (1 << 20)), input, null);
        }
    }

    private void parse(String which, byte[] input) {
        try {
            feed.take(input);
        } catch (Exception e) {
            if (parser.refusals().stream().noneMatch(refusal -> refusal.isInstance(e))) {
                throw harm(which, "lets an exception out", input, e);
            }
            refused++;
        } catch (StackOverflowError | AssertionError e) {
            throw harm(which, "lets an error out", input, e);
        }
    }

    private AssertionError harm(String which, String what, byte[] input, Throwable cause) {
        byte[] shown = Arrays.copyOf(input, Math.min(input.length, MOST_SHOWN));
        return new AssertionError(
                "%s: %s %s. It has %d bytes, in Base64 %s%s, as text %s"
                        .formatted(
                                parser.name(),
                                which,
                                what,
                                input.length,
                                Base64.getEncoder().encodeToString(shown),
                                shown.length < input.length ? "..." : "",
                                new String(shown, StandardCharsets.ISO_8859_1)),
                cause);
    }
}
