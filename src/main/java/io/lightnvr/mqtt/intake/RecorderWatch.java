package io.lightnvr.mqtt.intake;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether the recorder answers: it is online from its first answer until none has come for 15 s. Logs when trouble
 * begins and when it ends. Thread-safe; times are nanoseconds of a monotonic clock.
 */
final class RecorderWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RecorderWatch.class);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long DOUBT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final Duration OFFLINE_PAUSE = Duration.ofSeconds(15);
    private static final Duration NO_TROUBLE_PAUSE = Duration.ofHours(1);
    private static final Duration DOUBT_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_LOGGED = 3;

    private final String recorder;
    private final IntakeListener listener;
    private final Consumer<String> trouble;
    private final Set<Question> failing = new HashSet<>();
    private final Set<String> logged = new HashSet<>();
    private boolean isOnline;
    private long lastAnswer;

    /** Whether a question failed long after the last answer, so that the recorder was asked whether it is there at all. */
    private boolean isInDoubt;

    private int failures;

    /**
     * @param recorder its address, for people
     * @param trouble takes failures, as sentences
     */
    RecorderWatch(String recorder, IntakeListener listener, Consumer<String> trouble) {
        this.recorder = recorder;
        this.listener = listener;
        this.trouble = trouble;
    }

    /** Something that the recorder is asked again and again. */
    final class Question {

        private boolean isEnded;

        private Question() {}

        /**
         * The recorder has answered.
         *
         * @return whether it has come online by this
         */
        boolean answered(long now) {
            synchronized (RecorderWatch.this) {
                lastAnswer = now;
                isInDoubt = false;
                noMoreTroubleWith(this);
                boolean comes = !isOnline;
                if (comes) {
                    isOnline = true;
                    LOG.info("The recorder at {} is online", recorder);
                    listener.recorderAnswers(true);
                }
                return comes;
            }
        }

        /**
         * The recorder has not answered, or not as it should.
         *
         * @return whether it is time now to ask whether the recorder is there at all
         */
        boolean failed(String sentence, long now) {
            synchronized (RecorderWatch.this) {
                if (!isEnded) {
                    fail(this, sentence);
                }
                boolean begins = beginsToDoubt(now);
                lookForSilence(now);
                return isOnline && begins;
            }
        }

        /** The recorder refuses: no trouble, since it answers, but no answer either, since it may not have been asked again. */
        void refused() {
            synchronized (RecorderWatch.this) {
                noMoreTroubleWith(this);
            }
        }

        /** The question is asked no more; an answer that is still under way counts no more. */
        void end() {
            synchronized (RecorderWatch.this) {
                isEnded = true;
                noMoreTroubleWith(this);
            }
        }
    }

    Question question() {
        return new Question();
    }

    /**
     * How long a poll should wait instead of asking, since the recorder is silent: only one question then finds out whether it
     * is back. Threads that wait for it would be missing elsewhere.
     */
    synchronized Optional<Duration> pause(long now) {
        if (!isOnline) {
            return Optional.of(OFFLINE_PAUSE);
        }
        return !failing.isEmpty() && now - lastAnswer >= DOUBT_NANOS ? Optional.of(DOUBT_PAUSE) : Optional.empty();
    }

    /** Returns whether it is time to ask whether the recorder is there at all; once, until the next answer. */
    synchronized boolean beginsToDoubt(long now) {
        boolean begins = isOnline && !failing.isEmpty() && !isInDoubt && now - lastAnswer >= DOUBT_NANOS;
        isInDoubt |= begins;
        return begins;
    }

    /**
     * Takes the recorder offline if it has not answered for 15 s though it was asked whether it is there at all.
     *
     * @return how long to wait before the next look, unless a question fails before
     */
    synchronized Duration lookForSilence(long now) {
        if (!isOnline || failing.isEmpty()) {
            return NO_TROUBLE_PAUSE;
        }
        long left = (isInDoubt ? PATIENCE_NANOS : DOUBT_NANOS) - (now - lastAnswer);
        if (left > 0 || !isInDoubt) {
            return Duration.ofNanos(Math.max(0, left));
        }
        isOnline = false;
        LOG.warn("The recorder at {} is offline: no answer for 15 s", recorder);
        listener.recorderAnswers(false);
        return NO_TROUBLE_PAUSE;
    }

    private void fail(Question question, String sentence) {
        failures++;
        failing.add(question);
        if (logged.size() < MOST_LOGGED && logged.add(sentence)) {
            LOG.warn("{}; trying again", sentence);
            trouble.accept(sentence);
        }
    }

    private void noMoreTroubleWith(Question question) {
        if (failing.remove(question) && failing.isEmpty()) {
            LOG.info("The recorder answers again, after {} failed requests", failures);
            logged.clear();
            failures = 0;
        }
    }
}
