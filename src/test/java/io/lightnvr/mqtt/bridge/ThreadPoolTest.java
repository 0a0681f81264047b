package io.lightnvr.mqtt.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadPoolTest {

    private final CompletableFuture<Throwable> error = new CompletableFuture<>();
    private final ThreadPool pool = new ThreadPool("worker", 1, error::complete);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void runsATaskOnADaemonThreadOfItsName() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();

        pool.run(Duration.ZERO, () -> thread.complete(Thread.currentThread()));

        assertThat(thread.get(30, TimeUnit.SECONDS).getName()).isEqualTo("worker");
        assertThat(thread.get().isDaemon()).isTrue();
    }

    @Test
    void reportsWhatATaskThrows() throws Exception {
        AssertionError thrown = new AssertionError("thrown by a task");

        pool.run(Duration.ZERO, () -> {
            throw thrown;
        });

        assertThat(error.get(30, TimeUnit.SECONDS)).isSameAs(thrown);
    }

    @Test
    void ignoresATaskThatComesAfterItsEnd() {
        pool.close();

        pool.run(Duration.ZERO, () -> error.complete(new AssertionError("It ran")));

        pool.close();
        assertThat(error).isNotDone();
    }
}
