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
 * What there is once per recorder: its source, the loop that reads it, the review of the recorder and the pictures. Four threads
 * poll, which also bounds the requests at the recorder; one fetches pictures, if they are wanted.
 */
final class RecorderParts implements AutoCloseable {

    private static final int INTAKE_THREADS = 4;

    private final DetectionSource source;
    private final IntakeFactory factory;
    private final ThreadPool intakeThreads;
    private final Consumer<Throwable> bug;
    private Optional<ThreadPool> pictureThread = Optional.empty();
    private Optional<Intake> intake = Optional.empty();

    /**
     * @param delivery takes the news of intake
     * @param bug takes a fault in one of the threads
     */
    RecorderParts(IntakeSettings settings, DetectionSource source, IntakeListener delivery, Consumer<Throwable> bug) {
        this.source = source;
        this.bug = bug;
        this.intakeThreads = new ThreadPool("intake", INTAKE_THREADS, bug);
        this.factory = new IntakeFactory(
                settings, source, delivery, new IntakeTimes(intakeThreads, System::nanoTime, new Random()));
    }

    /**
     * Has pictures fetched; before {@link #start}.
     *
     * @param clock the time by which events grow old
     */
    void addSnapshots(SnapshotSource snapshots, Clock clock) {
        ThreadPool thread = new ThreadPool("pictures", 1, bug);
        pictureThread = Optional.of(thread);
        factory.addSnapshots(snapshots, thread, clock);
    }

    /** Begins to read the recorder into a store. */
    void start(Store store, StatusBoard board, OpenFindings findings) {
        Intake loop = factory.intake(store, board);
        intake = Optional.of(loop);
        factory.review(findings, Clock.systemUTC());
        loop.start();
    }

    /** Whether the loop works, whatever the recorder answers. */
    boolean isWorking() {
        return intake.filter(Intake::isWorking).isPresent();
    }

    /** Takes nothing new in, and waits half a second for what is under way. */
    @Override
    public void close() {
        intakeThreads.stop();
        pictureThread.ifPresent(ThreadPool::stop);
        source.close();
        intakeThreads.close();
    }
}
