package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Duration TIME = Duration.ofSeconds(10);

    private final List<Alarm> alarms = new ArrayList<>();
    private int interruptions;
    private final Deadline deadline = new Deadline(this::timer, () -> interruptions++);

    private record Alarm(Duration after, Runnable work, CompletableFuture<Void> future) {}

    @Test
    void interruptsAfterTheTime() {
        deadline.within(TIME);
        assertThat(interruptions).isZero();
        alarms.get(0).work().run();

        assertThat(alarms.get(0).after()).isEqualTo(TIME);
        assertThat(interruptions).isOne();
    }

    @Test
    void aLiftedOneDoesNotInterruptThoughItsAlarmIsUnderWay() {
        deadline.within(TIME);
        deadline.lift();
        alarms.get(0).work().run();

        assertThat(alarms.get(0).future()).isCancelled();
        assertThat(interruptions).isZero();
    }

    @Test
    void aNewOneReplacesTheOld() {
        deadline.within(TIME);
        deadline.within(TIME);
        alarms.get(0).work().run();
        assertThat(interruptions).isZero();
        alarms.get(1).work().run();

        assertThat(alarms.get(0).future()).isCancelled();
        assertThat(interruptions).isOne();
    }

    private Future<?> timer(Duration after, Runnable work) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        alarms.add(new Alarm(after, work, future));
        return future;
    }
}
