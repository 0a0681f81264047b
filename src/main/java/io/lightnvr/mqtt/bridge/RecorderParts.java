package io.lightnvr.mqtt.bridge;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.intake.Intake;
import io.lightnvr.mqtt.intake.IntakeFactory;
import io.lightnvr.mqtt.intake.IntakeListener;
import io.lightnvr.mqtt.intake.IntakeSettings;
import io.lightnvr.mqtt.intake.IntakeTimes;
import io.lightnvr.mqtt.intake.Scheduler;
import io.lightnvr.mqtt.intake.Snapshots;
import io.lightnvr.mqtt.intake.StreamSelection;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.lightnvr.LightNvrSource;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What there is once per recorder: the source, the loop that reads it, the review of the recorder and the pictures. Four threads
 * poll, which also bounds the requests at the recorder; one fetches pictures, if they are wanted.
 */
final class RecorderParts implements AutoCloseable {

    private static final int INTAKE_THREADS = 4;

    private final DetectionSource source;
    private final ThreadPool intakeThreads;
    private final Optional<ThreadPool> pictureThread;
    private final IntakeFactory factory;
    private final Intake intake;
    private final OpenFindings findings;

    /** @param clock the time by which events grow old */
    RecorderParts(
            IntakeSettings settings,
            DetectionSource source,
            Store store,
            IntakeListener delivery,
            StatusBoard board,
            OpenFindings findings,
            Clock clock,
            Consumer<Throwable> bug) {
        this.source = source;
        this.findings = findings;
        this.intakeThreads = new ThreadPool("intake", INTAKE_THREADS, bug);
        Optional<LightNvrSource> camera = Optional.of(source)
                .filter(any -> settings.images())
                .filter(LightNvrSource.class::isInstance)
                .map(LightNvrSource.class::cast);
        this.pictureThread = camera.map(any -> new ThreadPool("pictures", 1, bug));
        List<IntakeListener> listeners = camera.<List<IntakeListener>>map(recorder -> List.of(
                        delivery,
                        new Snapshots(
                                recorder::picture, settings.freshFor(), delivery, clock, times(pictureThread.get()))))
                .orElse(List.of(delivery));
        this.factory = new IntakeFactory(settings, source, new Listeners(listeners), times(intakeThreads));
        this.intake = factory.intake(store, board);
    }

    private static IntakeTimes times(Scheduler scheduler) {
        return new IntakeTimes(scheduler, System::nanoTime, new Random());
    }

    void start() {
        factory.review(findings, Clock.systemUTC());
        intake.start();
    }

    /** Whether the loop works, whatever the recorder answers. */
    boolean isWorking() {
        return intake.isWorking();
    }

    /** Whether pictures are fetched. */
    boolean hasPictures() {
        return pictureThread.isPresent();
    }

    /** Takes nothing new in, and waits half a second for what is under way. */
    @Override
    public void close() {
        intakeThreads.stop();
        pictureThread.ifPresent(ThreadPool::stop);
        source.close();
        intakeThreads.close();
    }

    /** Passes the news on to several listeners, in order. */
    private record Listeners(List<IntakeListener> all) implements IntakeListener {

        @Override
        public void recorderAnswers(boolean online) {
            all.forEach(listener -> listener.recorderAnswers(online));
        }

        @Override
        public void streamsListed(StreamSelection.Selection streams) {
            all.forEach(listener -> listener.streamsListed(streams));
        }

        @Override
        public void detected(List<DetectionEvent> events) {
            all.forEach(listener -> listener.detected(events));
        }

        @Override
        public void clientIdInUse() {
            all.forEach(IntakeListener::clientIdInUse);
        }
    }
}
