package io.lightnvr.mqtt.bridge;

import io.lightnvr.mqtt.intake.Intake;
import io.lightnvr.mqtt.intake.IntakeFactory;
import io.lightnvr.mqtt.intake.IntakeListener;
import io.lightnvr.mqtt.intake.IntakeSettings;
import io.lightnvr.mqtt.intake.IntakeTimes;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The parts that exist once per recorder: its source, the intake loop, the review of its settings, and the pictures. Four threads
 * poll, which also limits the number of requests at a time; one more fetches pictures if they are enabled.
 */
final class RecorderParts implements AutoCloseable {

    private static final int INTAKE_THREADS = 4;

    private final DetectionSource source;
    private final IntakeFactory factory;
    private final ThreadPool intakeThreads;
    private final Consumer<Throwable> onError;
    private Optional<ThreadPool> pictureThread = Optional.empty();
    private Optional<Intake> intake = Optional.empty();

    /**
     * @param delivery gets what intake reports
     * @param onError gets an internal error of one of the threads
     */
    RecorderParts(
            IntakeSettings settings, DetectionSource source, IntakeListener delivery, Consumer<Throwable> onError) {
        this.source = source;
        this.onError = onError;
        this.intakeThreads = new ThreadPool("intake", INTAKE_THREADS, onError);
        this.factory = new IntakeFactory(
                settings, source, delivery, new IntakeTimes(intakeThreads, System::nanoTime, new Random()));
    }

    /**
     * Adds the pictures. Call it before {@link #start}.
     *
     * @param clock the clock by which events age
     */
    void addSnapshots(SnapshotSource snapshots, Clock clock) {
        ThreadPool thread = new ThreadPool("pictures", 1, onError);
        pictureThread = Optional.of(thread);
        factory.addSnapshots(snapshots, thread, clock);
    }

    /** Starts to read the recorder into a store. */
    void start(Store store, StatusBoard board, OpenFindings findings) {
        Intake loop = factory.intake(store, board);
        intake = Optional.of(loop);
        factory.review(findings, Clock.systemUTC());
        loop.start();
    }

    /** Whether the loop runs, whether or not the recorder answers. */
    boolean isWorking() {
        return intake.filter(Intake::isWorking).isPresent();
    }

    /** Stops all threads and closes the source; waits up to 500 ms for polls in progress. */
    @Override
    public void close() {
        stop();
        intakeThreads.close();
    }

    /** Takes nothing new in; returns at once. */
    void stop() {
        intakeThreads.stop();
        pictureThread.ifPresent(ThreadPool::stop);
        source.close();
    }
}
