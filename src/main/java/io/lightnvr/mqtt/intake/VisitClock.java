package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Lets time pass for the visits of each stream, when something becomes due. Thread-safe. */
final class VisitClock {

    private static final Duration IDLE = Duration.ofHours(1);

    private final Scheduler scheduler;
    private final Function<StreamName, Optional<Duration>> work;
    private final Map<StreamName, RepeatingTask> tasks = new ConcurrentHashMap<>();

    /** @param work does what is due in a stream, and returns how long until something more is */
    VisitClock(Scheduler scheduler, Function<StreamName, Optional<Duration>> work) {
        this.scheduler = scheduler;
        this.work = work;
    }

    /** Something has changed in a stream. */
    void wake(StreamName stream) {
        tasks.computeIfAbsent(
                        stream,
                        name -> new RepeatingTask(
                                scheduler, () -> work.apply(stream).orElse(IDLE)))
                .wake();
    }
}
