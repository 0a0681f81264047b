package io.lightnvr.mqtt;

import io.lightnvr.mqtt.broker.Backoff;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.Will;
import io.lightnvr.mqtt.broker.paho.PahoBroker;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.lightnvr.LightNvrSource;
import io.lightnvr.mqtt.state.StreamStates;
import io.lightnvr.mqtt.status.BridgeState;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Wires the parts by constructors, starts them in order and closes them in reverse: delivery, source, intake.
 *
 * <p>Threads: four of intake, which also bound the requests at the recorder, one of delivery, two of the HTTP client,
 * and Paho's own.
 */
public final class Bridge implements AutoCloseable {

    private static final int INTAKE_THREADS = 4;
    private static final Duration RECONNECT_FIRST = Duration.ofSeconds(1);
    private static final Duration RECONNECT_LONGEST = Duration.ofSeconds(60);
    private static final long DELIVERY_END_MILLIS = 3_000;
    private static final long INTAKE_END_MILLIS = 500;

    private final Clock clock;
    private final RandomGenerator random = new Random();
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final StatusBoard board = new StatusBoard();
    private final Store store;
    private final Consumer<Throwable> bug;
    private final ScheduledThreadPoolExecutor intakeThreads;
    private final DetectionSource source;
    private final Intake intake;
    private final Optional<NativePublisherWatch> nativePublisher;
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
                        Settings.recorder(configuration.requireNvr()),
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
        this.intake = new Intake(
                source,
                Settings.filter(configuration.detections()),
                new EventRenderer(configuration.homeAssistant().instanceId(), EventGroups.standard()),
                store,
                new RecorderWatch(nvr.url().toString(), signals::add, board::error),
                board,
                signals::add,
                this::later,
                System::nanoTime,
                random);
        this.nativePublisher = source instanceof LightNvrSource recorder
                ? Optional.of(new NativePublisherWatch(recorder, nvr.url(), mqtt, this::later, signals::add))
                : Optional.empty();
        this.delivery = deliveryThread(delivery(configuration, topics));
    }

    private Delivery delivery(Configuration configuration, TopicLayout topics) {
        Configuration.Mqtt mqtt = configuration.mqtt();
        Configuration.HomeAssistant homeAssistant = configuration.homeAssistant();
        Optional<Configuration.HomeAssistant> discovery =
                Optional.of(homeAssistant).filter(Configuration.HomeAssistant::discovery);
        long now = System.nanoTime();
        Link link = new Link(
                new PahoBroker(),
                Settings.broker(mqtt, mqtt.clientId(), Optional.of(new Will(topics.availability(), "offline"))),
                new Backoff(RECONNECT_FIRST, RECONNECT_LONGEST, random),
                now,
                signals::add,
                board::error);
        StandingTopics standing = new StandingTopics();
        Complaints complaints = new Complaints(board);
        Present present = new Present(
                standing,
                topics,
                discovery.map(to -> new Discovery(to.discoveryPrefix(), to.instanceId(), topics, Version.current())),
                new StreamStates(EventGroups.standard(), homeAssistant.clearAfter()),
                board,
                store,
                new BridgeState.About(
                        Version.current(),
                        homeAssistant.instanceId(),
                        mqtt.clientId(),
                        store.storeId(),
                        clock.instant()),
                random,
                clock,
                now);
        EventQueue events = new EventQueue(
                store,
                new EventComposer(
                        topics,
                        Qos.of(mqtt.qos()),
                        mqtt.retain(),
                        configuration.outbox().maxAge()),
                new Drain(configuration.outbox().drainRate(), now),
                new Backoff(RECONNECT_LONGEST, RECONNECT_LONGEST, random)::longest,
                complaints,
                board);
        return new Delivery(
                link,
                events,
                present,
                standing,
                complaints,
                mqtt.maxInflight(),
                discovery.map(Configuration.HomeAssistant::birthTopic),
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
        nativePublisher.ifPresent(watch -> later(Duration.ZERO, watch::look));
        intake.start();
    }

    /** What has happened since the start. */
    public StatusBoard.Counts counts() {
        return board.counts();
    }

    /** Ends in order, within 4 s: nothing new is taken in, what is under way is finished, {@code offline} is said. */
    @Override
    public void close() {
        intakeThreads.shutdownNow();
        source.close();
        signals.add(new Signal.Close());
        try {
            intakeThreads.awaitTermination(INTAKE_END_MILLIS, TimeUnit.MILLISECONDS);
            delivery.join(DELIVERY_END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delivery.interrupt();
    }

    private Thread deliveryThread(Delivery loop) {
        Thread thread = new Thread(loop, "delivery");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((which, fault) -> bug.accept(fault));
        return thread;
    }

    private ScheduledThreadPoolExecutor intakeThreads() {
        AtomicInteger number = new AtomicInteger();
        return new ScheduledThreadPoolExecutor(INTAKE_THREADS, task -> {
            Thread thread = new Thread(task, "intake-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
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
