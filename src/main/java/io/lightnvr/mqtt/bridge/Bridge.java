package io.lightnvr.mqtt.bridge;

import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.delivery.DeliveryFactory;
import io.lightnvr.mqtt.delivery.DeliveryMailbox;
import io.lightnvr.mqtt.delivery.DeliverySignal;
import io.lightnvr.mqtt.intake.Scheduler;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.source.lightnvr.LightNvrSource;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A bridge from one recorder to one broker: wires the two loops, starts delivery before intake, and closes them in reverse.
 * {@code cli.RunCommand} closes it when a signal comes, and the store after it.
 *
 * <p>Threads: four of intake, one of delivery, two of the HTTP client, Paho's, one of hearing, and one each for pictures and
 * the heartbeat if they are enabled.
 */
public final class Bridge implements AutoCloseable {

    private static final long DELIVERY_END_MILLIS = 3_000;

    private final DeliveryMailbox mailbox = new DeliveryMailbox();
    private final StatusBoard board = new StatusBoard();
    private final OpenFindings findings = new OpenFindings(board);
    private final Store store;
    private final Clock clock;
    private final Consumer<Throwable> onError;
    private final RecorderParts recorder;
    private final Thread delivery;
    private Optional<ThreadPool> heartbeatThread = Optional.empty();

    /**
     * Wires a bridge from the configured recorder.
     *
     * @param store opened with {@link #clock} and {@link #limits}; the caller closes it after the bridge
     * @param clock the clock by which events age
     * @param onError gets an internal error of one of the bridge's threads, after which the bridge should be closed
     * @throws ConfigurationException if the recorder's address is missing, or an option names a group that does not exist
     */
    public Bridge(Configuration configuration, Store store, Clock clock, Consumer<Throwable> onError)
            throws ConfigurationException {
        this(
                configuration,
                new LightNvrSource(
                        ConfigurationMapping.recorderAccess(configuration.requireNvr()),
                        configuration.catchUp().maxAge(),
                        store::checkpoint,
                        store.beginning(),
                        clock),
                store,
                clock,
                onError);
    }

    /**
     * Wires a bridge from another source.
     *
     * @param source closed with the bridge
     * @param store as above, like the other parameters
     * @throws ConfigurationException as above
     */
    public Bridge(
            Configuration configuration, DetectionSource source, Store store, Clock clock, Consumer<Throwable> onError)
            throws ConfigurationException {
        this.store = store;
        this.clock = clock;
        this.onError = onError;
        Duration stillsEvery = configuration.homeAssistant().snapshots();
        Optional<SnapshotSource> snapshots =
                source.snapshots().filter(any -> configuration.homeAssistant().images());
        Optional<SnapshotSource> stills = source.snapshots().filter(any -> !stillsEvery.isZero());
        DeliveryFactory factory = new DeliveryFactory(
                ConfigurationMapping.deliverySettings(configuration, snapshots.isPresent(), stills.isPresent()),
                board,
                mailbox);
        this.recorder = new RecorderParts(
                ConfigurationMapping.intakeSettings(configuration),
                source,
                new IntakeToDelivery(mailbox, factory, configuration.visits().cooldown(), System::nanoTime),
                onError);
        if (configuration.visits().enabled()) {
            factory.addAlerts(recorder::changeAlerts);
        }
        snapshots.ifPresent(camera -> recorder.addSnapshots(camera, clock));
        stills.ifPresent(camera -> recorder.addStills(camera, stillsEvery));
        configuration.nvr().ifPresent(nvr -> {
            recorder.addHearing(
                    ConfigurationMapping.eventsBroker(configuration, System.getenv()),
                    ConfigurationMapping.eventsBrokerSettings(configuration),
                    nvr.eventsBroker().isPresent(),
                    nvr.topicPrefix());
            factory.addRecorderBell(nvr.topicPrefix(), recorder::ring);
        });
        this.delivery = ThreadPool.daemon(
                factory.create(
                        ConfigurationMapping.broker(configuration.mqtt(), System.getenv()),
                        store,
                        findings,
                        new DeliveryFactory.Times(clock, Clock.systemUTC(), System::nanoTime, new Random())),
                "delivery");
        delivery.setUncaughtExceptionHandler((thread, fault) -> onError.accept(fault));
    }

    /** A clock for a bridge and its store. */
    public static Clock clock() {
        return new SteadyClock(Clock.systemUTC(), System::nanoTime);
    }

    /** The limits of a bridge's store. */
    public static StoreLimits limits(Configuration configuration) {
        Configuration.Outbox outbox = configuration.outbox();
        return new StoreLimits(
                outbox.maxEvents(),
                outbox.maxAge(),
                configuration.homeAssistant().clearAfter());
    }

    /** Starts both loops and returns at once; the recorder and the broker need not be up yet. */
    public void start() {
        delivery.start();
        recorder.start(store, board, findings, clock);
    }

    /** Writes a file every 10 s for as long as both loops work. Call it before {@link #start}. */
    public void startHeartbeat(Path file) {
        ThreadPool thread = new ThreadPool("heartbeat", 1, onError);
        heartbeatThread = Optional.of(thread);
        beat(new Heartbeat(file), thread);
    }

    private void beat(Heartbeat heartbeat, Scheduler scheduler) {
        if (recorder.isWorking()) {
            mailbox.send(new DeliverySignal.Beat(heartbeat::write));
        }
        scheduler.run(Heartbeat.EVERY, () -> beat(heartbeat, scheduler));
    }

    /** The counts since the start. */
    public StatusBoard.Counts counts() {
        return board.counts();
    }

    /** Stops intake, finishes the work in progress and publishes {@code offline}; returns within 4 s. */
    @Override
    public void close() {
        heartbeatThread.ifPresent(ThreadPool::stop);
        recorder.stop();
        mailbox.send(new DeliverySignal.Close());
        recorder.close();
        try {
            delivery.join(DELIVERY_END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delivery.interrupt();
    }
}
