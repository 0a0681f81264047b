package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.event.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamPicturesTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("yard");
    private static final long SECOND = 1_000_000_000L;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Long> asked = new ArrayList<>();
    private Optional<byte[]> next = Optional.of(new byte[] {0});
    private Optional<String> failure = Optional.empty();
    private Runnable meanwhile = () -> {};
    private long now = Long.MAX_VALUE - SECOND;
    private final StreamPictures pictures = new StreamPictures(this::ask, () -> now, nanos -> now += nanos);

    private Optional<byte[]> ask(StreamName stream) throws PageBackend.ActionException {
        asked.add(now);
        meanwhile.run();
        if (failure.isPresent()) {
            throw new PageBackend.ActionException(failure.get());
        }
        return next;
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Optional<byte[]> look() throws PageBackend.ActionException, InterruptedException {
        return pictures.picture(DOOR);
    }

    @Test
    void givesOnePictureToAllWhoLookWithinTwoSeconds() throws Exception {
        look();
        now += 2 * SECOND - 1;
        assertThat(look()).isEqualTo(next);
        assertThat(asked).hasSize(1);

        now++;
        look();

        assertThat(asked).hasSize(2);
    }

    @Test
    void asksForEachStream() throws Exception {
        look();
        pictures.picture(YARD);

        assertThat(asked).hasSize(2);
    }

    @Test
    void aStreamWithoutPicturesIsAskedEveryTwentySeconds() throws Exception {
        next = Optional.empty();
        assertThat(look()).isEmpty();
        pictures.detected(DOOR);
        now += 20 * SECOND - 1;
        assertThat(look()).isEmpty();
        assertThat(asked).hasSize(1);

        now++;
        look();

        assertThat(asked).hasSize(2);
    }

    @Test
    void aRecorderThatFailsIsAskedAgainAfterTwoSeconds() throws Exception {
        failure = Optional.of("The recorder broke off");
        assertThatThrownBy(this::look)
                .isInstanceOf(PageBackend.ActionException.class)
                .hasMessage("The recorder broke off");
        failure = Optional.empty();
        pictures.detected(DOOR);
        now += 2 * SECOND - 1;
        assertThatThrownBy(this::look).hasMessage("The recorder broke off");
        assertThat(asked).hasSize(1);

        now++;

        assertThat(look()).isEqualTo(next);
    }

    @Test
    void aStreamThatHadNoneIsAskedAgainWhenItMayHaveOne() throws Exception {
        next = Optional.empty();
        look();
        now += SECOND;
        next = Optional.of(new byte[] {7});

        pictures.forget(DOOR);

        assertThat(look()).hasValue(new byte[] {7});
    }

    @Test
    void aPictureFromBeforeADetectionIsNotGivenAnyMore() throws Exception {
        look();
        now += SECOND;
        next = Optional.of(new byte[] {7});

        pictures.detected(DOOR);

        assertThat(look()).hasValue(new byte[] {7});
        assertThat(look()).hasValue(new byte[] {7});
        assertThat(asked).hasSize(2);
    }

    @Test
    void aDetectionInAnotherStreamChangesNothing() throws Exception {
        look();

        pictures.detected(YARD);
        look();

        assertThat(asked).hasSize(1);
    }

    @Test
    void aPictureThatWasUnderWayWhenSomethingWasDetectedIsGivenToNobodyElse() throws Exception {
        meanwhile = () -> pictures.detected(DOOR);
        look();
        meanwhile = () -> {};
        next = Optional.of(new byte[] {7});

        assertThat(look()).hasValue(new byte[] {7});
    }

    @Test
    void asksTwiceASecondAtMostHoweverMuchIsDetected() throws Exception {
        long begun = now;
        while (now - begun < 10 * SECOND) {
            pictures.detected(DOOR);
            look();
            now += SECOND / 100;
        }

        for (int i = 1; i < asked.size(); i++) {
            assertThat(asked.get(i) - asked.get(i - 1)).isGreaterThanOrEqualTo(SECOND / 2);
        }
        assertThat(asked).hasSizeBetween(19, 21);
    }

    @Test
    void asksTwiceASecondAtMostThoughPicturesAreTooLargeToBeKept() throws Exception {
        next = Optional.of(new byte[(4 << 20) + 1]);
        look();
        look();

        assertThat(asked.get(1) - asked.get(0)).isEqualTo(SECOND / 2);
    }

    @Test
    void keepsFourMebibytes() throws Exception {
        next = Optional.of(new byte[2 << 20]);
        pictures.picture(new StreamName("a"));
        pictures.picture(new StreamName("b"));
        pictures.picture(new StreamName("c"));
        asked.clear();

        pictures.picture(new StreamName("b"));
        pictures.picture(new StreamName("c"));
        assertThat(asked).isEmpty();
        pictures.picture(new StreamName("a"));

        assertThat(asked).hasSize(1);
    }

    @Test
    void keepsNothingWhenNobodyLooks() throws Exception {
        look();
        pictures.clear();
        look();
        assertThat(asked).hasSize(2);

        now += SECOND;
        meanwhile = pictures::clear;
        pictures.detected(DOOR);
        look();
        look();

        assertThat(asked).hasSize(4);
    }

    @Test
    void forgetsStreamsAtWhichNobodyLooksAnyMore() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            pictures.picture(new StreamName("s" + i));
            now += SECOND;
        }

        assertThat(pictures.size()).isLessThanOrEqualTo(3);
    }

    @Test
    void aFaultOfTheSourceKeepsNobodyFromLookingAgain() throws Exception {
        meanwhile = () -> {
            throw new IllegalStateException("a fault");
        };
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::look).hasMessage("a fault");
        }
        meanwhile = () -> {};

        assertThat(look()).isEqualTo(next);
    }

    @Test
    void thoseWhoLookAtOnceCostOneQuestion() throws Exception {
        AtomicInteger questions = new AtomicInteger();
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        StreamPictures shared = new StreamPictures(
                stream -> {
                    questions.incrementAndGet();
                    isAsked.countDown();
                    mayAnswer.await();
                    return Optional.of(new byte[] {1});
                },
                () -> 0,
                nanos -> {});
        List<Future<Optional<byte[]>>> looks = new ArrayList<>();
        for (int i = 0; i < StreamPictures.MOST_WAITING; i++) {
            looks.add(threads.submit(() -> shared.picture(DOOR)));
        }
        isAsked.await();

        mayAnswer.countDown();

        for (Future<Optional<byte[]>> look : looks) {
            assertThat(look.get()).hasValue(new byte[] {1});
        }
        assertThat(questions).hasValue(1);
    }

    @Test
    void asksForTwoPicturesAtATimeWhileOneWaitsAndTheOthersAreSentAway() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore answers = new Semaphore(0);
        CountDownLatch two = new CountDownLatch(2);
        CountDownLatch sentAway = new CountDownLatch(7);
        StreamPictures shared = new StreamPictures(
                stream -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    two.countDown();
                    answers.acquire();
                    underWay.decrementAndGet();
                    return Optional.empty();
                },
                () -> 0,
                nanos -> {});
        List<Future<Optional<byte[]>>> looks = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            StreamName stream = new StreamName("s" + i);
            looks.add(threads.submit(() -> {
                try {
                    return shared.picture(stream);
                } catch (PageBackend.ActionException e) {
                    assertThat(e).hasMessage("Too many pictures are asked for at once");
                    sentAway.countDown();
                    return Optional.empty();
                }
            }));
        }

        two.await();
        assertThat(sentAway.await(10, TimeUnit.SECONDS)).isTrue();

        answers.release(3);
        for (Future<Optional<byte[]>> look : looks) {
            assertThat(look.get()).isEmpty();
        }
        assertThat(most).hasValue(StreamPictures.AT_ONCE);
        assertThat(answers.availablePermits()).isZero();
    }

    @Test
    void whoeverNeedNotWaitIsAnsweredWhileOthersWait() throws Exception {
        Semaphore answers = new Semaphore(1);
        CountDownLatch asked = new CountDownLatch(1 + StreamPictures.AT_ONCE);
        StreamPictures shared = new StreamPictures(
                stream -> {
                    asked.countDown();
                    answers.acquire();
                    return Optional.of(new byte[] {1});
                },
                () -> 0,
                nanos -> {});
        shared.picture(DOOR);
        for (int i = 0; i < StreamPictures.MOST_WAITING; i++) {
            StreamName stream = new StreamName("s" + i);
            threads.submit(() -> shared.picture(stream));
        }
        asked.await();

        assertThat(shared.picture(DOOR)).hasValue(new byte[] {1});
    }

    @Test
    void newsHoldUpNobodyWhileTheRecorderIsAsked() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        StreamPictures shared = new StreamPictures(
                stream -> {
                    isAsked.countDown();
                    mayAnswer.await();
                    return Optional.of(new byte[] {1});
                },
                () -> 0,
                nanos -> {});
        Future<Optional<byte[]>> look = threads.submit(() -> shared.picture(DOOR));
        isAsked.await();

        shared.detected(DOOR);
        shared.forget(DOOR);
        shared.clear();

        assertThat(look.isDone()).isFalse();
        mayAnswer.countDown();
        assertThat(look.get()).isPresent();
    }
}
