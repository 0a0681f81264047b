package io.lightnvr.mqtt.bridge;

import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.control.ControlCommand;
import io.lightnvr.mqtt.intake.Intake;
import io.lightnvr.mqtt.intake.IntakeFactory;
import io.lightnvr.mqtt.intake.IntakeListener;
import io.lightnvr.mqtt.intake.IntakeSettings;
import io.lightnvr.mqtt.intake.IntakeTimes;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.RecorderControls;
import io.lightnvr.mqtt.source.RecorderEvents;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.visit.Alerts;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The parts that exist once per recorder: its source, the intake loop, the review of its settings, the hearing, and the pictures.
 * Four threads poll, which also limits the number of requests at a time; one takes what is heard, and one each
 * fetches pictures and stills, and controls the recorder, if that is enabled.
 */
final class RecorderParts implements AutoCloseable {

    private static final int INTAKE_THREADS = 4;

    private final DetectionSource source;
    private final IntakeFactory factory;
    private final ThreadPool intakeThreads;
    private final Consumer<Throwable> onError;
    private Optional<ThreadPool> pictureThread = Optional.empty();
    private Optional<ThreadPool> controlThread = Optional.empty();
    private Optional<HearingParts> hearing = Optional.empty();
    private volatile Optional<Intake> intake = Optional.empty();

    private record HearingParts(
            Broker broker, BrokerSettings settings, boolean isOtherBroker, RecorderEvents events, ThreadPool thread) {}

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
     * @param arePublished whether reports of visits tell where they are published
     * @param clock the clock by which events age
     */
    void addSnapshots(SnapshotSource snapshots, boolean arePublished, Clock clock) {
        factory.addSnapshots(snapshots, pictureThread(), arePublished, clock);
    }

    /**
     * Adds the stills. Call it before {@link #start}.
     *
     * @param every how often, for each stream
     */
    void addStills(SnapshotSource snapshots, Duration every) {
        factory.addStills(snapshots, pictureThread(), every);
    }

    /**
     * Adds controls. Call it before {@link #start}.
     *
     * @param trouble takes what went wrong, as sentences
     * @return takes the key of a stream and a command for it; for any thread, does not block
     */
    BiConsumer<String, ControlCommand> addControls(RecorderControls controls, Consumer<String> trouble) {
        ThreadPool thread = new ThreadPool("controls", 1, onError);
        controlThread = Optional.of(thread);
        return factory.addControls(controls, thread, trouble);
    }

    private ThreadPool pictureThread() {
        ThreadPool thread = pictureThread.orElseGet(() -> new ThreadPool("pictures", 1, onError));
        pictureThread = Optional.of(thread);
        return thread;
    }

    /**
     * Hears what the recorder publishes, too, if the source understands it. Call it before {@link #start}.
     *
     * @param topicPrefix the recorder's own
     * @param settings with a session
     * @param isOtherBroker whether it is not the one to which the bridge publishes
     */
    void addHearing(Broker broker, BrokerSettings settings, boolean isOtherBroker, String topicPrefix) {
        source.events(topicPrefix).ifPresent(events -> {
            ThreadPool thread = new ThreadPool("hearing", 1, onError);
            hearing = Optional.of(new HearingParts(broker, settings, isOtherBroker, events, thread));
        });
    }

    /** A user changes the alerts of the stream with this key; for any thread, does not block. */
    void changeAlerts(String key, UnaryOperator<Alerts> command) {
        intake.ifPresent(loop -> loop.changeAlerts(key, command));
    }

    /**
     * Starts to read the recorder into a store, and to listen to it.
     *
     * @param clock the clock by which events age
     */
    void start(Store store, StatusBoard board, OpenFindings findings, Clock clock) {
        Intake loop = factory.intake(store, board, findings, clock);
        intake = Optional.of(loop);
        hearing.ifPresent(parts -> loop.startHearing(
                parts.broker(),
                parts.settings(),
                parts.isOtherBroker(),
                parts.events(),
                new IntakeTimes(parts.thread(), System::nanoTime, new Random())));
        factory.review(findings, Clock.systemUTC());
        loop.start();
    }

    /** The recorder has published on its own topic of a stream, which the last level names; for any thread, does not block. */
    void ring(String slug) {
        intake.ifPresent(loop -> loop.ring(slug));
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
        hearing.ifPresent(parts -> parts.thread().close());
    }

    /** Takes nothing new in; returns at once. */
    void stop() {
        intakeThreads.stop();
        intake.ifPresent(Intake::stopHearing);
        hearing.ifPresent(parts -> parts.thread().stop());
        pictureThread.ifPresent(ThreadPool::stop);
        controlThread.ifPresent(ThreadPool::stop);
        source.close();
    }
}
