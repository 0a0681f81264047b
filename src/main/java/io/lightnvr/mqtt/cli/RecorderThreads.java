package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.config.RecorderEntry;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The threads that work for one of several recorders: those that it starts, and those that they start in turn. */
final class RecorderThreads extends ThreadGroup {

    private final RecorderEntry recorder;

    RecorderThreads(RecorderEntry recorder) {
        super(recorder.name());
        this.recorder = recorder;
    }

    /** For which recorder the current thread works. */
    static Optional<RecorderEntry> current() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group != null && !(group instanceof RecorderThreads)) {
            group = group.getParent();
        }
        return Optional.ofNullable((RecorderThreads) group).map(threads -> threads.recorder);
    }

    /** Starts work on a thread of this recorder. */
    void start(Runnable work, String name) {
        Thread thread = new Thread(this, work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Does work on a thread of this recorder, and waits for it.
     *
     * @throws ExecutionException with what the work throws
     */
    <T> T call(Callable<T> work) throws ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        start(task, "start");
        return task.get();
    }
}
