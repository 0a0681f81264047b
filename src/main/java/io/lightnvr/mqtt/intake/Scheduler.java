package io.lightnvr.mqtt.intake;

import java.time.Duration;

/** Runs tasks on its own threads, now or later. */
@FunctionalInterface
public interface Scheduler {

    /** Runs a task after a while; zero means as soon as a thread is free. */
    void run(Duration after, Runnable task);
}
