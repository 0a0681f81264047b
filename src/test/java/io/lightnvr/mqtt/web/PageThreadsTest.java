package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageThreadsTest {

    private static final int AT_ONCE = 8;
    private static final int WAITING = 200;

    private final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    private final PageThreads threads = new PageThreads(new ThreadGroup("test"), faults::add);
    private final Semaphore begun = new Semaphore(0);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() throws InterruptedException {
        threads.stop();
        threads.await(Duration.ofSeconds(10));
    }

    @Test
    void aListenerTakesNobodysPlace() throws Exception {
        for (int i = 0; i < AT_ONCE; i++) {
            threads.execute(this::work);
        }
        threads.execute(this::work);
        begun.acquire(AT_ONCE);
        assertThat(begun.tryAcquire()).isFalse();

        threads.beginListening();

        assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        end.countDown();
        threads.endListening();
    }

    @Test
    void refusesWhatWouldWaitForever() throws Exception {
        for (int i = 0; i < AT_ONCE + WAITING; i++) {
            threads.execute(this::work);
        }

        assertThatThrownBy(() -> threads.execute(this::work)).isInstanceOf(RejectedExecutionException.class);
        end.countDown();
        assertThat(begun.tryAcquire(AT_ONCE + WAITING, 10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFaultIsReportedAndTheNextTaskIsRun() throws Exception {
        RuntimeException fault = new IllegalStateException();
        threads.execute(() -> {
            throw fault;
        });
        assertThat(faults.poll(10, TimeUnit.SECONDS)).isSameAs(fault);

        threads.execute(begun::release);

        assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(faults).isEmpty();
    }

    @Test
    void interruptsATaskThatIsLate() throws Exception {
        threads.execute(() -> {
            threads.deadline().within(Duration.ofNanos(1));
            work();
        });

        assertThat(begun.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stoppingInterruptsWhatRuns() throws Exception {
        threads.execute(this::work);
        begun.acquire();

        threads.stop();

        assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Says that it has begun, waits for the end, and says so again if it is interrupted. */
    private void work() {
        begun.release();
        try {
            end.await();
        } catch (InterruptedException e) {
            begun.release();
        }
    }
}
