package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.delivery.DeliverySignal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the recorder answers. It is online from its first answer until none has come for 15 s. Logs when trouble
 * begins and when it ends. Thread-safe.
 */
public final class RecorderWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RecorderWatch.class);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long DOUBT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int TOLD_AT_MOST = 3;

    private final String recorder;
    private final Consumer<DeliverySignal> signals;
    private final Consumer<String> trouble;
    private final Set<String> failing = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private boolean online;
    private long lastAnswer;
    private int failures;

    /**
     * @param recorder its address, for people
     * @param trouble is told of failures, in sentences
     */
    public RecorderWatch(String recorder, Consumer<DeliverySignal> signals, Consumer<String> trouble) {
        this.recorder = recorder;
        this.signals = signals;
        this.trouble = trouble;
    }

    /**
     * A question was answered.
     *
     * @param question a stream's name or the like: what is asked again and again
     * @return whether the recorder has come online by this
     */
    synchronized boolean answered(String question, long nanoTime) {
        lastAnswer = nanoTime;
        noMoreTroubleWith(question);
        boolean comes = !online;
        if (comes) {
            online = true;
            LOG.info("The recorder at {} is online", recorder);
            signals.accept(new DeliverySignal.RecorderAnswers(true));
        }
        return comes;
    }

    /**
     * A question was not answered, or not as it should be.
     *
     * @return whether nothing was answered for a while, so that it is time to ask whether anybody is there
     */
    synchronized boolean failed(String question, String sentence, long nanoTime) {
        failures++;
        failing.add(question);
        if (told.size() < TOLD_AT_MOST && told.add(sentence)) {
            LOG.warn("{}; trying again", sentence);
            trouble.accept(sentence);
        }
        if (online && nanoTime - lastAnswer >= PATIENCE_NANOS) {
            online = false;
            LOG.warn("The recorder at {} is offline: no answer for 15 s", recorder);
            signals.accept(new DeliverySignal.RecorderAnswers(false));
        }
        return online && nanoTime - lastAnswer >= DOUBT_NANOS;
    }

    /** A question is asked no more. */
    synchronized void forget(String question) {
        noMoreTroubleWith(question);
    }

    private void noMoreTroubleWith(String question) {
        if (failing.remove(question) && failing.isEmpty()) {
            LOG.info("The recorder answers again as it should, after {} failed requests", failures);
            told.clear();
            failures = 0;
        }
    }
}
