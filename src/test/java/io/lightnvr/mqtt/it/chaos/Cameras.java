package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Sees what the {@link Traffic} says, second by second, and files it. All of it happens on one thread, so that a frame
 * is filed wholly before or wholly after the clock is set.
 */
final class Cameras implements AutoCloseable {

    /** What is seen last in each stream. */
    static final SimulatedRow CURTAIN = SimulatedRow.wholePicture("curtain", 0.75f);

    private static final long SECOND_MILLIS = 1_000;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Traffic traffic;
    private final Filing filing;
    private final LongSupplier millis;
    private boolean resting;

    /** @param millis the right time */
    Cameras(Traffic traffic, Filing filing, LongSupplier millis) {
        this.traffic = traffic;
        this.filing = filing;
        this.millis = millis;
    }

    /**
     * From now on sees what there is to see; what passed before is not seen.
     *
     * @param begun when the first second began, by the right time, in epoch milliseconds
     */
    void begin(long begun) {
        long passed = (millis.getAsLong() - begun) / SECOND_MILLIS;
        after(0, () -> see(begun, passed));
    }

    /** Sets the recorder's clock. */
    void setClock(long secondsAhead) {
        after(0, () -> filing.step(millis.getAsLong(), secondsAhead));
    }

    /**
     * Sees nothing more, unless it wakes, and files nothing that is late.
     *
     * @param then to be done when that is so
     */
    void rest(Runnable then) {
        after(0, () -> {
            resting = true;
            then.run();
        });
    }

    /** Sees things again. */
    void wake() {
        after(0, () -> resting = false);
    }

    /** Sees one last thing in each stream, in a second of its own. */
    void fall() {
        after(SECOND_MILLIS + 1, () -> {
            long second = filing.second();
            Traffic.STREAMS.forEach(
                    stream -> filing.file(millis.getAsLong(), stream, second, filing.ahead(), List.of(CURTAIN)));
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** A recorder that was stopped goes on with the second that it is then. */
    private void see(long begun, long index) {
        traffic.second(index).forEach(frame -> after(frame.afterMillis(), () -> take(frame)));
        long next = Math.max(index + 1, (millis.getAsLong() - begun) / SECOND_MILLIS);
        after(begun + next * SECOND_MILLIS - millis.getAsLong(), () -> see(begun, next));
    }

    private void take(Traffic.Frame frame) {
        long second = filing.second();
        long clockThen = filing.ahead();
        long due = millis.getAsLong() + frame.lateSeconds() * SECOND_MILLIS;
        after(due - millis.getAsLong(), () -> {
            long now = millis.getAsLong();
            boolean tooLate = now - due > (Traffic.LATEST - frame.lateSeconds()) * SECOND_MILLIS;
            if (!resting && !tooLate) {
                filing.file(now, frame.stream(), second, clockThen, frame.rows());
            }
        });
    }

    private void after(long delayMillis, Runnable work) {
        thread.schedule(work, Math.max(0, delayMillis), TimeUnit.MILLISECONDS);
    }
}
