package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.bridge.SteadyClock;
import io.lightnvr.mqtt.broker.Backoff;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.FakeBroker;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.Will;
import io.lightnvr.mqtt.discovery.Announcements;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.state.ClearTimes;
import io.lightnvr.mqtt.state.StreamStates;
import io.lightnvr.mqtt.status.BridgeState;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** The delivery loop without its thread: signals are handled and time passes when the test says so. */
public final class DeliveryHarness {

    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    static final int DRAIN_RATE = 500;
    static final StoreLimits LIMITS = new StoreLimits(1_000, Duration.ofDays(1), Duration.ofSeconds(30));
    static final Duration FORGET_AFTER = Duration.ofMinutes(10);
    /** By then the bridge has told of itself, though no recorder has answered. */
    private static final Duration FIRST_REPORT = Duration.ofSeconds(1);

    static final StreamName DOOR = new StreamName("front_door");

    final FakeBroker broker = new FakeBroker();

    /** Until when the bridge's own certificate is valid. */
    Optional<Instant> ownCertificateEnds = Optional.empty();

    final StatusBoard board = new StatusBoard();
    final Store store;
    final LinkedBlockingQueue<DeliverySignal> signals = new LinkedBlockingQueue<>();
    final BrokerLink link;
    private final EventRenderer renderer = new EventRenderer("lightnvr_mqtt", EventGroups.standard());
    private final Delivery delivery;
    private long nanos = 1_000_000_000_000L;

    public DeliveryHarness() {
        this(20, true);
    }

    public DeliveryHarness(int maxInflight, boolean homeAssistant) {
        this(maxInflight, homeAssistant, clock -> new MemoryStore(LIMITS, clock));
    }

    /** With what a store has from before. */
    public DeliveryHarness(int maxInflight, boolean homeAssistant, Function<Clock, Store> stores) {
        Clock clock = clock();
        store = stores.apply(clock);
        TopicLayout topics = new TopicLayout("lightnvr");
        BrokerSettings settings = new BrokerSettings(
                "localhost",
                1883,
                "lightnvr-mqtt",
                Optional.empty(),
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.of(new Will(topics.availability(), "offline")));
        link = new BrokerLink(
                broker,
                settings,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(1)),
                nanos,
                signals::add,
                board::error);
        RetainedTopics standing = new RetainedTopics();
        RefusalLog complaints = new RefusalLog(board);
        Optional<Discovery> discovery = Optional.of(new Discovery(
                        "homeassistant",
                        "lightnvr_mqtt",
                        topics,
                        "0.1.0",
                        EventGroups.standard(),
                        Duration.ofSeconds(30)))
                .filter(some -> homeAssistant);
        BridgeReport report = new BridgeReport(
                standing,
                topics.bridgeState(),
                board,
                store,
                new BridgeState.About("0.1.0", "lightnvr_mqtt", "lightnvr-mqtt", store.storeId(), START),
                nanos);
        Announcements announcements = new Announcements(topics.announced(), store, new Random(1), nanos);
        CurrentState present = new CurrentState(
                standing,
                topics,
                new DeviceAnnouncer(discovery, announcements, true, nanos),
                new StreamStates(EventGroups.standard(), ClearTimes.always(Duration.ofSeconds(30))),
                report,
                new MissingStreams(FORGET_AFTER),
                store,
                clock,
                nanos);
        EventSender events = new EventSender(
                store,
                new EventMessages(topics, Qos.AT_LEAST_ONCE, false, LIMITS.maxAge()),
                new BacklogRate(DRAIN_RATE, nanos),
                () -> Duration.ofSeconds(60),
                complaints,
                board);
        delivery = new Delivery(
                link,
                events,
                present,
                standing,
                complaints,
                announcements,
                new Subscriptions(topics, "homeassistant/status", discovery, announcements, standing, report),
                report,
                new BrokerReview(discovery, standing, new OpenFindings(board), () -> ownCertificateEnds, clock),
                maxInflight,
                signals,
                clock,
                () -> nanos);
        work();
    }

    private Clock clock() {
        return new SteadyClock(Clock.fixed(START, ZoneOffset.UTC), () -> nanos);
    }

    Instant now() {
        return START.plusNanos(nanos - 1_000_000_000_000L);
    }

    /** Lets the loop do everything that it can do now. */
    void work() {
        delivery.step();
        while (!signals.isEmpty()) {
            delivery.handle(signals.remove());
            delivery.step();
        }
    }

    /** Lets time pass, with the loop working at each of its own deadlines. */
    void pass(Duration time) {
        long until = nanos + time.toNanos();
        while (delivery.deadline() < until) {
            nanos = Math.max(nanos + 1, delivery.deadline());
            work();
        }
        nanos = until;
        work();
    }

    FakeBroker.FakeConnection connect() {
        return connect(Limits.unlimited());
    }

    /** The broker takes the attempt that is under way, or the next one. */
    FakeBroker.FakeConnection connect(Limits limits) {
        while (link.state() != BrokerLink.State.CONNECTING) {
            pass(Duration.ofSeconds(1));
        }
        FakeBroker.FakeConnection connection = broker.newest();
        connection.accept(limits);
        work();
        return connection;
    }

    /** A connection that was told and has taken everything; what it was sent is forgotten. */
    FakeBroker.FakeConnection settled() {
        FakeBroker.FakeConnection connection = settledKeepingWhatItWasSent();
        connection.sent.clear();
        return connection;
    }

    FakeBroker.FakeConnection settledKeepingWhatItWasSent() {
        FakeBroker.FakeConnection connection = connect();
        answerAllWithin(connection, FIRST_REPORT);
        return connection;
    }

    /** Lets time pass in which everything is answered. */
    void answerAllWithin(FakeBroker.FakeConnection connection, Duration time) {
        answerAllWithin(connection, time, ReasonCode.SUCCESS);
    }

    void answerAllWithin(FakeBroker.FakeConnection connection, Duration time, ReasonCode reason) {
        for (long tenth = 0; tenth < time.toMillis() / 100; tenth++) {
            answerAll(connection, reason);
            pass(Duration.ofMillis(100));
        }
        answerAll(connection, reason);
    }

    /** What tells the bridge's own state from that of others. */
    String bridgeState() {
        return "{\"client_id\":\"lightnvr-mqtt\",\"store_id\":\"" + store.storeId() + "\"}";
    }

    public void tell(DeliverySignal signal) {
        signals.add(signal);
        work();
    }

    void list(StreamName... names) {
        tell(new DeliverySignal.StreamsListed(new StreamList(
                List.of(names).stream()
                        .map(name -> new StreamList.Stream(name, true, Optional.of(List.of())))
                        .toList(),
                true)));
    }

    /** Something was detected just now. */
    DetectionEvent detect(StreamName stream, String... labels) {
        DetectionEvent event = find(stream, labels);
        tell(new DeliverySignal.Detected(List.of(event)));
        return event;
    }

    /** Something is in the store, and delivery was not told yet. */
    DetectionEvent find(StreamName stream, String... labels) {
        DetectionEvent event = new DetectionEvent(
                stream,
                now().getEpochSecond(),
                List.of(labels).stream()
                        .map(label -> new Detection(label, 0.9f, Box.whole(), "", "", 1))
                        .toList(),
                now());
        store.add(stream, List.of(renderer.render(event)), Optional.empty());
        return event;
    }

    /** How often the loop would work by itself in the next time. */
    int wakesWithin(Duration time) {
        long until = nanos + time.toNanos();
        int wakes = 0;
        while (delivery.deadline() < until && wakes < 1_000_000) {
            nanos = Math.max(nanos + 1, delivery.deadline());
            work();
            wakes++;
        }
        return wakes;
    }

    /** Answers everything until nothing more is sent. */
    void answerAll(FakeBroker.FakeConnection connection) {
        answerAll(connection, ReasonCode.SUCCESS);
    }

    void answerAll(FakeBroker.FakeConnection connection, ReasonCode reason) {
        while (connection.unanswered() > 0) {
            connection.answer(reason);
            work();
        }
    }
}
