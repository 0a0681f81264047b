package io.lightnvr.mqtt.intake;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Runs tasks when the test lets their time come. */
final class FakeTime implements Scheduler {

    private record Task(long at, long number, Runnable runnable) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    long nanos;
    private long number;

    @Override
    public void run(Duration after, Runnable task) {
        tasks.add(new Task(nanos + after.toNanos(), number++, task));
    }

    /** The process ends: nothing that waits is run any more. */
    void drop() {
        tasks.clear();
    }

    void pass(Duration time) {
        long until = nanos + time.toNanos();
        while (!tasks.isEmpty() && tasks.peek().at() <= until) {
            nanos = tasks.peek().at();
            tasks.remove().runnable().run();
        }
        nanos = Math.max(nanos, until);
    }

    void passUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            nanos = tasks.peek().at();
            tasks.remove().runnable().run();
        }
    }
}
