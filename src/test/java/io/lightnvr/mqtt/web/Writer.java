package io.lightnvr.mqtt.web;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A thread that writes when the test says so, and has room for some work. */
final class Writer implements Executor {

    private final Queue<Runnable> work = new ArrayDeque<>();
    private int room = Integer.MAX_VALUE;

    @Override
    public void execute(Runnable task) {
        if (work.size() >= room) {
            throw new RejectedExecutionException();
        }
        work.add(task);
    }

    /** From now on has room for only so much. */
    void limit(int mostWaiting) {
        room = mostWaiting;
    }

    void work() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    /** Does what waits longest. */
    void next() {
        work.remove().run();
    }

    /** The process is killed. */
    void forget() {
        work.clear();
    }
}
