package io.lightnvr.mqtt.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What came in, in order, from lines of a log to messages, for tests to wait for. Thread-safe.
 *
 * @param <T> what comes in; its text is shown when a wait was in vain
 */
public final class Arrivals<T> {

    /**
     * Longer than the bridge ever waits by itself (30 s for the next list, 60 s after a refusal), and on a busy machine
     * too. A test that passes never waits so long.
     */
    public static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final int SHOWN = 40;

    private final String from;
    private final List<T> all = new ArrayList<>();
    private boolean ended;

    /** @param from whose they are, for people */
    public Arrivals(String from) {
        this.from = from;
    }

    public synchronized void add(T arrival) {
        all.add(arrival);
        notifyAll();
    }

    /** Nothing more will come. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** What came so far. */
    public synchronized List<T> all() {
        return List.copyOf(all);
    }

    /** What came so far of one kind. */
    public List<T> all(Predicate<T> kind) {
        return all().stream().filter(kind).toList();
    }

    /** The first of a kind, when it has come. */
    public T await(String what, Predicate<T> kind) {
        return await(what, 1, kind).get(0);
    }

    /**
     * Those of a kind, when there are enough.
     *
     * @throws AssertionError with the last that came, when there are not enough in time or nothing more will come
     */
    public synchronized List<T> await(String what, int count, Predicate<T> kind) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (all(kind).size() < count) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || ended) {
                throw new AssertionError(inVain(what, count, all(kind).size()));
            }
            pause(left);
        }
        return all(kind);
    }

    /** Waits until nothing more will come. */
    synchronized void awaitEnd() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ended) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(inVain("the end", 1, 0));
            }
            pause(left);
        }
    }

    private void pause(long nanos) {
        try {
            wait(nanos / 1_000_000 + 1);
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while waiting for " + from, e);
        }
    }

    private String inVain(String what, int count, int came) {
        StringBuilder text = new StringBuilder("%s: waited for %s (%d of %d came%s); the last that came:"
                .formatted(from, what, came, count, ended ? ", and it has ended" : ""));
        all.subList(Math.max(0, all.size() - SHOWN), all.size())
                .forEach(arrival -> text.append("\n  ").append(arrival));
        return text.toString();
    }
}
