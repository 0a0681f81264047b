package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.broker.Backoff;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Agreement;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Polls one stream at its pace. The polls run on intake's threads, one at a time. */
final class StreamPolling {

    /** When to look again after a ring, if there is no row yet. */
    private static final List<Duration> AFTER_RING =
            Stream.of(20, 50, 100, 250).map(Duration::ofMillis).toList();

    /** However often it rings: whoever may write there could otherwise have the recorder asked all the time. */
    private static final long RINGS_APART_NANOS = Duration.ofMillis(250).toNanos();

    /** Rings that come together are answered at once, up to four. */
    private static final long RINGS_AHEAD_NANOS = 3 * RINGS_APART_NANOS;

    private static final long NEEDS_NO_BELL_NANOS = Duration.ofMinutes(1).toNanos();

    private final Doorbell bell = new Doorbell();
    private final StreamName stream;
    private final DetectionSource source;
    private final OutboxWriter outbox;
    private final Recorder recorder;
    private final RecorderWatch.Question question;
    private final IntakeTimes times;
    private final PollInterval interval;
    private final Backoff backoff;
    private final RepeatingTask task;
    private volatile int ringing = AFTER_RING.size();
    private volatile boolean isRingWaiting;
    private OptionalLong ringsUntil = OptionalLong.empty();
    private volatile OptionalLong heardAt = OptionalLong.empty();

    /** What the polls of all streams share. */
    interface Recorder {

        /** A new question to the recorder. */
        RecorderWatch.Question question();

        /** How long to wait instead of asking, if the recorder is silent. */
        Optional<Duration> pause();

        void answered(RecorderWatch.Question question);

        void failed(RecorderWatch.Question question, SourceException failure);

        /** How many streams are polled. */
        int streams();

        /** Whether what the recorder publishes arrives now. */
        boolean isHearing();

        /** How what was heard of a stream and what was read of it agree, since the last call. */
        Agreement takeAgreement(StreamName stream);

        /** What was heard of all streams. */
        HearingRecord heardOfAll();
    }

    StreamPolling(
            StreamName stream, DetectionSource source, OutboxWriter outbox, Recorder recorder, IntakeTimes times) {
        this.stream = stream;
        this.source = source;
        this.outbox = outbox;
        this.recorder = recorder;
        this.question = recorder.question();
        this.times = times;
        this.interval = new PollInterval(recorder.heardOfAll(), times.random().nextDouble(), times.now());
        this.backoff = times.backoff();
        this.task = new RepeatingTask(times.scheduler(), this::run);
    }

    /** Polls now instead of at the end of the interval. */
    void wake() {
        task.wake();
    }

    /**
     * The recorder rings on its own topic of the stream: polls now and, until there is a row, a few times soon. For the delivery
     * thread alone.
     */
    void ring() {
        long now = times.now();
        bell.ring(now);
        if (isHeard() || isRingWaiting) {
            return;
        }
        long ahead = ringsUntil.isPresent() ? Math.max(0, ringsUntil.getAsLong() - now) : 0;
        long wait = Math.max(0, ahead - RINGS_AHEAD_NANOS);
        ringsUntil = OptionalLong.of(now + ahead + RINGS_APART_NANOS);
        if (wait == 0) {
            answerRing();
        } else {
            isRingWaiting = true;
            times.scheduler().run(Duration.ofNanos(wait), () -> {
                isRingWaiting = false;
                answerRing();
            });
        }
    }

    private void answerRing() {
        ringing = 0;
        wake();
    }

    private boolean isHeard() {
        return heardAt.isPresent() && times.now() - heardAt.getAsLong() < NEEDS_NO_BELL_NANOS;
    }

    /** Something was heard of the stream, which needs no bell for a while. */
    void heard(OutboxWriter.Stored stored) {
        heardAt = OptionalLong.of(times.now());
        detected(stored.events());
        if (stored.more()) {
            wake();
        }
    }

    private Duration next(int found) {
        long now = times.now();
        Agreement heard = recorder.takeAgreement(stream);
        bell.found(found, now);
        Agreement rung = bell.take(now);
        if (recorder.isHearing()) {
            interval.compared(isHeard() || !bell.isUsed(now) ? heard : rung, now);
        }
        Duration usual = interval.next(now, recorder.streams(), recorder.isHearing());
        if (found > 0 || ringing >= AFTER_RING.size()) {
            ringing = AFTER_RING.size();
            return usual;
        }
        return AFTER_RING.get(ringing++);
    }

    /** Polls no more; a poll that is under way is finished. */
    void end() {
        task.end();
        question.end();
    }

    private void detected(List<DetectionEvent> events) {
        if (!events.isEmpty()) {
            interval.detected(times.now());
        }
    }

    private Duration run() throws InterruptedException {
        Optional<Duration> pause = recorder.pause();
        return pause.isPresent() ? pause.get() : poll();
    }

    private Duration poll() throws InterruptedException {
        try {
            DetectionSource.Poll poll = source.poll(stream, outbox.hasRoom());
            OutboxWriter.Stored stored = outbox.write(stream, poll::upToDate);
            backoff.reset();
            recorder.answered(question);
            detected(stored.events());
            return stored.more() ? Duration.ZERO : next(stored.found());
        } catch (SourceException e) {
            recorder.failed(question, e);
            return backoff.next();
        }
    }
}
