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
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Wires the parts by constructors, starts them in order and closes them in reverse: delivery, source, intake.
 *
 * <p>Threads: four of intake, one of delivery, two of the HTTP client, one each for pictures and the heartbeat if those are
 * wanted, and Paho's.
 */
public final class Bridge implements AutoCloseable {

    private static final long DELIVERY_END_MILLIS = 3_000;

    private final DeliveryMailbox mailbox = new DeliveryMailbox();
    private final StatusBoard board = new StatusBoard();
    private final OpenFindings findings = new OpenFindings(board);
    private final Store store;
    private final Consumer<Throwable> bug;
    private final RecorderParts recorder;
    private final Thread delivery;
    private Optional<ThreadPool> heartbeatThread = Optional.empty();

    /**
     * A bridge from the configured recorder.
     *
     * @param store opened with {@link #clock} and {@link #limits}; the caller closes it after the bridge
     * @param clock the time by which events grow old
     * @param bug takes a fault in one of the bridge's threads, after which the bridge should be closed
     * @throws ConfigurationException if there is no address of a recorder
     */
    public Bridge(Configuration configuration, Store store, Clock clock, Consumer<Throwable> bug)
            throws ConfigurationException {
        this(
                configuration,
                new LightNvrSource(
                        ConfigurationMapping.recorder(configuration.requireNvr()),
                        configuration.catchUp().maxAge(),
                        store::checkpoint,
                        store.beginning(),
                        clock),
                store,
                clock,
                bug);
    }

    /**
     * A bridge from another source, which is closed with it.
     *
     * @param store see above, and so on
     */
    public Bridge(
            Configuration configuration, DetectionSource source, Store store, Clock clock, Consumer<Throwable> bug)
            throws ConfigurationException {
        this.store = store;
        this.bug = bug;
        Optional<SnapshotSource> snapshots =
                source.snapshots().filter(any -> configuration.homeAssistant().images());
        DeliveryFactory factory = new DeliveryFactory(
                ConfigurationMapping.delivery(configuration, snapshots.isPresent()), board, mailbox);
        this.recorder = new RecorderParts(
                ConfigurationMapping.intake(configuration), source, new IntakeNews(mailbox, factory), bug);
        snapshots.ifPresent(camera -> recorder.addSnapshots(camera, clock));
        this.delivery = ThreadPool.daemon(
                factory.create(
                        ConfigurationMapping.broker(configuration.mqtt(), System.getenv()),
                        store,
                        findings,
                        new DeliveryFactory.Times(clock, Clock.systemUTC(), System::nanoTime, new Random())),
                "delivery");
        delivery.setUncaughtExceptionHandler((thread, fault) -> bug.accept(fault));
    }

    /** A clock for a bridge and its store. */
    public static Clock clock() {
        return new SteadyClock(Clock.systemUTC(), System::nanoTime);
    }

    /** How much a bridge's store keeps. */
    public static StoreLimits limits(Configuration configuration) {
        Configuration.Outbox outbox = configuration.outbox();
        return new StoreLimits(
                outbox.maxEvents(),
                outbox.maxAge(),
                configuration.homeAssistant().clearAfter());
    }

    /** Begins to work; returns at once. Recorder and broker may come later. */
    public void start() {
        delivery.start();
        recorder.start(store, board, findings);
    }

    /** Writes a file every 10 s for as long as both loops work; call it before {@link #start}. */
    public void beat(Path file) {
        ThreadPool thread = new ThreadPool("heartbeat", 1, bug);
        heartbeatThread = Optional.of(thread);
        beat(new Heartbeat(file), thread);
    }

    private void beat(Heartbeat heartbeat, Scheduler scheduler) {
        if (recorder.isWorking()) {
            mailbox.send(new DeliverySignal.Beat(heartbeat::write));
        }
        scheduler.run(Heartbeat.EVERY, () -> beat(heartbeat, scheduler));
    }

    /** What has happened since the start. */
    public StatusBoard.Counts counts() {
        return board.counts();
    }

    /** Ends in order, within 4 s: takes nothing new in, finishes what is under way, and publishes {@code offline}. */
    @Override
    public void close() {
        heartbeatThread.ifPresent(ThreadPool::stop);
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
