package io.lightnvr.mqtt.intake;

import java.time.Duration;

/** Runs things later, on threads of its own. */
@FunctionalInterface
public interface Scheduler {

    /** Runs a task after a while; zero means as soon as a thread is free. */
    void run(Duration after, Runnable task);
}
