package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Lets time pass for the visits of each stream, when something becomes due. Thread-safe. */
final class VisitClock {

    private static final Duration IDLE = Duration.ofHours(1);

    private final Scheduler scheduler;
    private final Work work;
    private final Map<StreamName, RepeatingTask> tasks = new ConcurrentHashMap<>();

    /** Does what is due in a stream, and returns how long until something more is. */
    interface Work {
        Optional<Duration> pass(StreamName stream) throws InterruptedException;
    }

    VisitClock(Scheduler scheduler, Work work) {
        this.scheduler = scheduler;
        this.work = work;
    }

    /** Something has changed in a stream. */
    void wake(StreamName stream) {
        tasks.computeIfAbsent(
                        stream,
                        name -> new RepeatingTask(
                                scheduler, () -> work.pass(stream).orElse(IDLE)))
                .wake();
    }
}
