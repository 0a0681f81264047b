package io.lightnvr.mqtt.bridge;

import io.lightnvr.mqtt.broker.Backoff;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.Will;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.delivery.BacklogRate;
import io.lightnvr.mqtt.delivery.BridgeReport;
import io.lightnvr.mqtt.delivery.BrokerLink;
import io.lightnvr.mqtt.delivery.BrokerReview;
import io.lightnvr.mqtt.delivery.CurrentState;
import io.lightnvr.mqtt.delivery.Delivery;
import io.lightnvr.mqtt.delivery.DeliverySignal;
import io.lightnvr.mqtt.delivery.DeviceAnnouncer;
import io.lightnvr.mqtt.delivery.EventMessages;
import io.lightnvr.mqtt.delivery.EventSender;
import io.lightnvr.mqtt.delivery.MissingStreams;
import io.lightnvr.mqtt.delivery.RefusalLog;
import io.lightnvr.mqtt.delivery.RetainedTopics;
import io.lightnvr.mqtt.delivery.Subscriptions;
import io.lightnvr.mqtt.discovery.Announcements;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.intake.Intake;
import io.lightnvr.mqtt.intake.RecorderReview;
import io.lightnvr.mqtt.intake.RecorderWatch;
import io.lightnvr.mqtt.intake.Snapshots;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.lightnvr.LightNvrSource;
import io.lightnvr.mqtt.state.StreamStates;
import io.lightnvr.mqtt.status.BridgeState;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Wires the parts by constructors, starts them in order and closes them in reverse: delivery, source, intake.
 *
 * <p>Threads: four of intake, which also bound the requests at the recorder, one of delivery, two of the HTTP client, one
 * of pictures where those are wanted, and Paho's own.
 */
public final class Bridge implements AutoCloseable {

    private static final int INTAKE_THREADS = 4;
    private static final Duration RECONNECT_FIRST = Duration.ofSeconds(1);
    private static final Duration RECONNECT_LONGEST = Duration.ofSeconds(60);
    private static final long DELIVERY_END_MILLIS = 3_000;
    private static final long INTAKE_END_MILLIS = 500;

    private final Clock clock;
    private final RandomGenerator random = new Random();
    private final BlockingQueue<DeliverySignal> signals = new LinkedBlockingQueue<>();
    private final StatusBoard board = new StatusBoard();
    private final OpenFindings findings = new OpenFindings(board);
    private final Store store;
    private final Consumer<Throwable> bug;
    private final ScheduledThreadPoolExecutor intakeThreads;
    private final DetectionSource source;
    private final Intake intake;
    private final Optional<RecorderReview> recorderReview;
    private final Optional<ExecutorService> pictureThread;
    private final Optional<Snapshots> pictures;
    private final Thread delivery;

    /**
     * @param store what is known from before, opened with {@link #clock} and {@link #limits}; the caller closes it after
     *     the bridge
     * @param clock the time by which events grow old
     * @param bug is told of a fault in one of the bridge's threads, after which the bridge should be closed
     * @throws ConfigurationException where nobody said where the recorder is
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
     * @param store as above, and so on
     */
    public Bridge(
            Configuration configuration, DetectionSource source, Store store, Clock clock, Consumer<Throwable> bug)
            throws ConfigurationException {
        this.source = source;
        this.store = store;
        this.clock = clock;
        this.bug = bug;
        Configuration.Nvr nvr = configuration.requireNvr();
        Configuration.Mqtt mqtt = configuration.mqtt();
        TopicLayout topics = new TopicLayout(mqtt.topicPrefix());
        this.intakeThreads = intakeThreads();
        this.pictureThread = configuration.homeAssistant().images() && source instanceof LightNvrSource
                ? Optional.of(pictureThread())
                : Optional.empty();
        this.pictures = pictureThread.map(thread -> new Snapshots(
                ((LightNvrSource) source)::picture,
                configuration.homeAssistant().clearAfter(),
                task -> thread.execute(() -> guarded(task)),
                this::later,
                signals::add,
                clock,
                System::nanoTime));
        this.intake = new Intake(
                source,
                ConfigurationMapping.filter(configuration.detections()),
                new EventRenderer(
                        configuration.homeAssistant().instanceId(),
                        ConfigurationMapping.groups(configuration.homeAssistant())),
                store,
                new RecorderWatch(nvr.url().toString(), signals::add, board::error),
                board,
                this::signalOfIntake,
                this::later,
                System::nanoTime,
                random);
        this.recorderReview = source instanceof LightNvrSource recorder
                ? Optional.of(new RecorderReview(
                        recorder, nvr.url(), mqtt, findings, Clock.systemUTC(), this::later, signals::add))
                : Optional.empty();
        this.delivery = deliveryThread(delivery(configuration, topics));
    }

    private Delivery delivery(Configuration configuration, TopicLayout topics) throws ConfigurationException {
        Configuration.Mqtt mqtt = configuration.mqtt();
        Configuration.HomeAssistant homeAssistant = configuration.homeAssistant();
        Optional<Discovery> discovery = ConfigurationMapping.discovery(configuration);
        long now = System.nanoTime();
        BrokerLink link = new BrokerLink(
                ConfigurationMapping.broker(mqtt, System.getenv()),
                ConfigurationMapping.connection(
                        mqtt, mqtt.clientId(), Optional.of(new Will(topics.availability(), "offline"))),
                new Backoff(RECONNECT_FIRST, RECONNECT_LONGEST, random),
                now,
                signals::add,
                board::error);
        RetainedTopics standing = new RetainedTopics();
        RefusalLog complaints = new RefusalLog(board);
        BridgeReport report = new BridgeReport(
                standing,
                topics.bridgeState(),
                board,
                store,
                new BridgeState.About(
                        Version.current(),
                        homeAssistant.instanceId(),
                        mqtt.clientId(),
                        store.storeId(),
                        clock.instant()),
                now);
        Announcements announcements = new Announcements(topics.announced(), store, random, now);
        CurrentState present = new CurrentState(
                standing,
                topics,
                new DeviceAnnouncer(discovery, announcements, pictures.isPresent(), now),
                new StreamStates(
                        ConfigurationMapping.groups(homeAssistant), ConfigurationMapping.clearTimes(homeAssistant)),
                report,
                new MissingStreams(homeAssistant.forgetAfter()),
                store,
                clock,
                now);
        EventSender events = new EventSender(
                store,
                new EventMessages(
                        topics,
                        Qos.of(mqtt.qos()),
                        mqtt.retain(),
                        configuration.outbox().maxAge()),
                new BacklogRate(configuration.outbox().drainRate(), now),
                new Backoff(RECONNECT_LONGEST, RECONNECT_LONGEST, random)::longest,
                complaints,
                board);
        return new Delivery(
                link,
                events,
                present,
                standing,
                complaints,
                announcements,
                new Subscriptions(topics, homeAssistant.birthTopic(), discovery, announcements, standing, report),
                report,
                new BrokerReview(
                        discovery, standing, findings, () -> ConfigurationMapping.certificateEnds(mqtt), clock),
                mqtt.maxInflight(),
                signals,
                clock,
                System::nanoTime);
    }

    /** A clock for a bridge and its store. */
    public static Clock clock() {
        return new SteadyClock(Clock.systemUTC(), System::nanoTime);
    }

    /** What a bridge's store is to keep. */
    public static StoreLimits limits(Configuration configuration) {
        Configuration.Outbox outbox = configuration.outbox();
        return new StoreLimits(
                outbox.maxEvents(),
                outbox.maxAge(),
                configuration.homeAssistant().clearAfter());
    }

    /** Begins to work; returns at once. Neither recorder nor broker need be there yet. */
    public void start() {
        delivery.start();
        recorderReview.ifPresent(review -> later(Duration.ZERO, review::look));
        intake.start();
    }

    /** The picture of an event is fetched beside its way to the broker. */
    private void signalOfIntake(DeliverySignal signal) {
        signals.add(signal);
        pictures.ifPresent(beside -> beside.signal(signal));
    }

    /** Touches a file again and again for as long as both loops work; before {@link #start}. */
    public void beat(Path file) {
        intake.beat(new Heartbeat(file)::write);
    }

    /** What has happened since the start. */
    public StatusBoard.Counts counts() {
        return board.counts();
    }

    /** Ends in order, within 4 s: nothing new is taken in, what is under way is finished, {@code offline} is said. */
    @Override
    public void close() {
        intakeThreads.shutdownNow();
        pictureThread.ifPresent(ExecutorService::shutdownNow);
        source.close();
        signals.add(new DeliverySignal.Close());
        try {
            intakeThreads.awaitTermination(INTAKE_END_MILLIS, TimeUnit.MILLISECONDS);
            delivery.join(DELIVERY_END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delivery.interrupt();
    }

    private Thread deliveryThread(Delivery loop) {
        Thread thread = daemon(loop, "delivery");
        thread.setUncaughtExceptionHandler((which, fault) -> bug.accept(fault));
        return thread;
    }

    /** One thread; after the end it is asked for nothing more. */
    private static ExecutorService pictureThread() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, "pictures"),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private ScheduledThreadPoolExecutor intakeThreads() {
        AtomicInteger number = new AtomicInteger();
        return new ScheduledThreadPoolExecutor(
                INTAKE_THREADS, task -> daemon(task, "intake-" + number.incrementAndGet()));
    }

    private void later(Duration after, Runnable task) {
        try {
            intakeThreads.schedule(() -> guarded(task), after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The bridge closes: there is no later.
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            bug.accept(e);
        }
    }
}
