package io.lightnvr.mqtt.bridge;

import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.delivery.DeliveryFactory;
import io.lightnvr.mqtt.delivery.DeliveryMailbox;
import io.lightnvr.mqtt.delivery.DeliverySignal;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.intake.IntakeListener;
import io.lightnvr.mqtt.intake.Scheduler;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.lightnvr.LightNvrSource;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus.Condition;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreLimits;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A bridge from one recorder to one broker: wires the two loops, starts delivery before intake, and closes them in reverse.
 * {@code cli.RunProcess} closes it when a signal comes, and the store after it.
 *
 * <p>Threads: four of intake, one of delivery, up to two that look up the recorder's host, Paho's, one of hearing, and one each for
 * pictures, controls and the heartbeat if they are enabled. The page, if there is one, has its own ({@code web}).
 */
public final class Bridge implements AutoCloseable {

    private static final long DELIVERY_END_MILLIS = 3_000;

    private final DeliveryMailbox mailbox = new DeliveryMailbox();
    private final StatusBoard board;
    private final OpenFindings findings;
    private final LiveStatus live;
    private final Store store;
    private final Clock clock;
    private final Consumer<Throwable> onError;
    private final Optional<SnapshotSource> cameras;
    private final boolean publishesPictures;
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
        this.board = new StatusBoard(System::nanoTime, clock);
        this.findings = new OpenFindings(board);
        this.live = new LiveStatus(clock);
        Duration stillsEvery = configuration.homeAssistant().snapshots();
        this.cameras = source.snapshots();
        this.publishesPictures =
                cameras.isPresent() && configuration.homeAssistant().images();
        Optional<SnapshotSource> stills = cameras.filter(any -> !stillsEvery.isZero());
        DeliveryFactory factory = new DeliveryFactory(
                ConfigurationMapping.deliverySettings(configuration, publishesPictures, stills.isPresent()),
                board,
                live,
                mailbox);
        this.recorder = new RecorderParts(
                ConfigurationMapping.intakeSettings(configuration),
                source,
                IntakeListener.both(
                        new IntakeToDelivery(
                                mailbox,
                                factory,
                                configuration.visits().cooldown(),
                                publishesPictures,
                                System::nanoTime),
                        toStatus(configuration, source)),
                onError);
        if (configuration.visits().enabled()) {
            factory.addAlerts(recorder::changeAlerts);
        }
        if (publishesPictures) {
            recorder.addSnapshots(cameras.get(), true, clock);
        }
        stills.ifPresent(camera -> recorder.addStills(camera, stillsEvery));
        configuration
                .nvr()
                .filter(Configuration.Nvr::controls)
                .flatMap(nvr -> source.controls())
                .ifPresent(controls -> factory.addControls(recorder.addControls(controls, board::error)));
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
                        ConfigurationMapping.broker(configuration.mqtt(), System.getenv(), this::supervisorNews),
                        store,
                        findings,
                        new DeliveryFactory.Times(clock, Clock.systemUTC(), System::nanoTime, new Random())),
                "delivery");
        delivery.setUncaughtExceptionHandler((thread, fault) -> onError.accept(fault));
        if (ConfigurationMapping.supervisor(configuration.mqtt(), System.getenv())
                .isEmpty()) {
            live.part(Part.SUPERVISOR, Condition.ABSENT, "");
        }
    }

    private IntakeToStatus toStatus(Configuration configuration, DetectionSource source) {
        Optional<URI> pages = configuration.nvr().flatMap(ConfigurationMapping::pages);
        return new IntakeToStatus(
                live,
                board,
                ConfigurationMapping.groups(configuration.homeAssistant()),
                (stream, second) ->
                        pages.flatMap(url -> source.page(stream, second).map(page -> url + page)),
                clock);
    }

    private void supervisorNews(Optional<String> trouble) {
        live.part(Part.SUPERVISOR, trouble.isEmpty() ? Condition.ONLINE : Condition.OFFLINE, trouble.orElse(""));
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

    /** Has a picture fetched of each visit, though it is published nowhere, for those who look on. Call it before {@link #start}. */
    public void keepPictures() {
        if (!publishesPictures) {
            cameras.ifPresent(camera -> recorder.addSnapshots(camera, false, clock));
        }
    }

    /**
     * Calls for a beat every 10 s for as long as both loops work. Call it before {@link #start}.
     *
     * @param beat is called on the thread of delivery, which it must not hold up
     */
    public void startHeartbeat(Runnable beat) {
        ThreadPool thread = new ThreadPool("heartbeat", 1, onError);
        heartbeatThread = Optional.of(thread);
        beat(beat, thread);
    }

    private void beat(Runnable beat, Scheduler scheduler) {
        if (recorder.isWorking()) {
            mailbox.send(new DeliverySignal.Beat(beat));
        }
        scheduler.run(Heartbeat.EVERY, () -> beat(beat, scheduler));
    }

    /** The counts since the start. */
    public StatusBoard.Counts counts() {
        return board.counts();
    }

    /** The counts, the latencies and the findings, for those who look on. */
    public StatusBoard board() {
        return board;
    }

    /** What the bridge sees now. */
    public LiveStatus live() {
        return live;
    }

    /** Whether both the recorder is asked and events can be taken. */
    public boolean isWorking() {
        return recorder.isWorking() && delivery.isAlive();
    }

    /**
     * A picture of a stream now, a JPEG; nothing if there is none. Asks the recorder, for a few seconds at most.
     *
     * @throws SourceException if the recorder does not answer, or with a larger picture than it may
     */
    public Optional<byte[]> picture(StreamName stream) throws SourceException, InterruptedException {
        return cameras.isPresent() ? cameras.get().snapshot(stream) : Optional.empty();
    }

    /** Announces everything to Home Assistant again, soon. */
    public void announceAgain() {
        mailbox.send(new DeliverySignal.AnnounceAgain());
    }

    /** Removes the device and the retained topics of a stream that the recorder no longer lists, soon; one that it lists stays. */
    public void forget(StreamName stream) {
        mailbox.send(new DeliverySignal.Forget(stream));
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
