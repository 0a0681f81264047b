package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthNewsTest {

    private final Broadcast broadcast = new Broadcast(() -> "{}".getBytes(StandardCharsets.UTF_8));
    private final CountDownLatch nobody = new CountDownLatch(1);
    private final CountDownLatch looked = new CountDownLatch(5);
    private final AtomicInteger looks = new AtomicInteger();
    private final List<String> states = List.of("1", "1", "2", "2", "2");
    private final HealthNews news = new HealthNews(broadcast, this::health, nobody::countDown, 1);

    private byte[] health() {
        looked.countDown();
        int look = looks.getAndIncrement();
        return states.get(Math.min(look, states.size() - 1)).getBytes(StandardCharsets.UTF_8);
    }

    @AfterEach
    void close() {
        news.close();
    }

    private static List<String> heard(Listener listener) throws InterruptedException {
        List<String> frames = new ArrayList<>();
        for (Optional<byte[]> frame = listener.next(Duration.ofNanos(1));
                !new String(frame.orElseThrow(), StandardCharsets.UTF_8).startsWith(":");
                frame = listener.next(Duration.ofNanos(1))) {
            frames.add(new String(frame.get(), StandardCharsets.UTF_8).strip());
        }
        return frames;
    }

    @Test
    void tellsWhatHasChangedAndNothingElse() throws Exception {
        Listener listener = broadcast.listen(() -> {}).orElseThrow();
        news.wake();
        looked.await();

        assertThat(heard(listener).stream().filter(frame -> frame.startsWith("event: health")))
                .containsExactly("event: health\ndata: 1", "event: health\ndata: 2");
    }

    @Test
    void endsWhenNobodyListens() throws Exception {
        Listener listener = broadcast.listen(() -> {}).orElseThrow();
        news.wake();
        looked.await();

        broadcast.leave(listener);

        nobody.await();
    }

    @Test
    void beginsAgainForTheNextOne() throws Exception {
        news.wake();
        nobody.await();
        Listener listener = broadcast.listen(() -> {}).orElseThrow();

        news.wake();
        looked.await();

        assertThat(heard(listener)).anyMatch(frame -> frame.startsWith("event: health"));
    }

    @Test
    void hasAThreadAgainAfterAFault() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Iterator<Runnable> faults = Stream.<Runnable>of(() -> {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, fault) -> ended.countDown());
                    throw new IllegalStateException("a fault");
                })
                .iterator();
        CountDownLatch goesOn = new CountDownLatch(1);
        broadcast.listen(() -> {});
        HealthNews faulty = new HealthNews(
                broadcast,
                () -> {
                    if (faults.hasNext()) {
                        faults.next().run();
                    }
                    goesOn.countDown();
                    return new byte[0];
                },
                () -> {},
                1);
        faulty.wake();
        ended.await();

        faulty.wake();

        goesOn.await();
        faulty.close();
    }
}
