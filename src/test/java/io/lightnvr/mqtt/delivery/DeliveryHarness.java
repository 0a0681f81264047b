package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.FakeBroker;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.Will;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.ClearTimes;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.publish.RenderedVisit;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreLimits;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The delivery loop as production wires and runs it, on the test's thread: time passes when the loop waits, and the loop stops where
 * the test wants to look.
 */
public final class DeliveryHarness {

    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    static final int DRAIN_RATE = 500;
    static final StoreLimits LIMITS = new StoreLimits(1_000, Duration.ofDays(1), Duration.ofSeconds(30));
    static final Duration FORGET_AFTER = Duration.ofMinutes(10);

    /** By then the bridge has published its state, though no recorder has answered. */
    private static final Duration FIRST_REPORT = Duration.ofSeconds(1);

    /** The monotonic clock may begin anywhere, and wraps soon after the start of every test. */
    private static final long NANOS_AT_START =
            Long.MAX_VALUE - Duration.ofMillis(1_500).toNanos();

    /** A loop that wakes more often without a signal and without time passing does not wait at all. */
    private static final int MOST_WAKES_AT_ONCE = 1_000;

    static final StreamName DOOR = new StreamName("front_door");

    final FakeBroker broker = new FakeBroker();

    /** Until when the bridge's own certificate is valid. */
    Optional<Instant> ownCertificateEnds = Optional.empty();

    /** How far the wall clock has leaped. */
    Duration leap = Duration.ZERO;

    final StatusBoard board = new StatusBoard();
    final LiveStatus live = new LiveStatus(Clock.systemUTC());
    final Store store;
    final Mailbox mailbox = new Mailbox();
    final DeliveryFactory factory;
    private final EventRenderer renderer = new EventRenderer("lightnvr_mqtt", EventGroups.standard());
    private final Delivery delivery;

    /** The streams for which the recorder's bell has rung. */
    final List<String> rung = new ArrayList<>();

    /** What the recorder was told to do. */
    final List<String> commanded = new ArrayList<>();

    private long nanos = NANOS_AT_START;
    private boolean hasEnded;

    public DeliveryHarness() {
        this(20, true);
    }

    public DeliveryHarness(int maxInflight, boolean homeAssistant) {
        this(maxInflight, homeAssistant, clock -> new MemoryStore(LIMITS, clock));
    }

    /** With what a store has from before. */
    public DeliveryHarness(int maxInflight, boolean homeAssistant, Function<Clock, Store> stores) {
        this(maxInflight, homeAssistant, stores, false);
    }

    public DeliveryHarness(
            int maxInflight, boolean homeAssistant, Function<Clock, Store> stores, boolean retainsEvents) {
        this(maxInflight, homeAssistant, stores, retainsEvents, true);
    }

    DeliveryHarness(
            int maxInflight,
            boolean homeAssistant,
            Function<Clock, Store> stores,
            boolean retainsEvents,
            boolean visits) {
        this(maxInflight, homeAssistant, stores, retainsEvents, visits, false);
    }

    /** With controls, and what a store has from before. */
    static DeliveryHarness withControls(Function<Clock, Store> stores) {
        return new DeliveryHarness(20, true, stores, false, true, true);
    }

    private DeliveryHarness(
            int maxInflight,
            boolean homeAssistant,
            Function<Clock, Store> stores,
            boolean retainsEvents,
            boolean visits,
            boolean controls) {
        Clock aging = new TestClock(() -> Duration.ZERO);
        store = stores.apply(aging);
        factory = new DeliveryFactory(
                settings(maxInflight, homeAssistant, retainsEvents, visits, controls), board, live, mailbox);
        factory.addRecorderBell("camera", rung::add);
        if (controls) {
            factory.addControls((key, command) -> commanded.add(key + ": " + command.wish()));
        }
        delivery = factory.create(
                broker,
                store,
                new OpenFindings(board),
                new DeliveryFactory.Times(aging, new TestClock(() -> leap), () -> nanos, new Random(1)));
        work();
    }

    private DeliverySettings settings(
            int maxInflight, boolean homeAssistant, boolean retainsEvents, boolean visits, boolean controls) {
        TopicLayout topics = new TopicLayout("lightnvr");
        Discovery discovery = new Discovery(
                "homeassistant",
                "lightnvr_mqtt",
                Optional.empty(),
                topics,
                "0.1.0",
                EventGroups.standard(),
                List.of(),
                Duration.ofSeconds(30),
                true,
                controls,
                stream -> Optional.empty());
        return new DeliverySettings(
                "0.1.0",
                "lightnvr_mqtt",
                new BrokerSettings(
                        "localhost",
                        1883,
                        "lightnvr-mqtt",
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        Optional.empty(),
                        Optional.of(new Will(topics.availability(), "offline"))),
                topics,
                new DeliverySettings.Events(Qos.AT_LEAST_ONCE, retainsEvents, maxInflight, DRAIN_RATE, LIMITS.maxAge()),
                Optional.of(discovery).filter(some -> homeAssistant),
                "homeassistant/status",
                EventGroups.standard(),
                List.of(),
                ClearTimes.always(Duration.ofSeconds(30)),
                FORGET_AFTER,
                true,
                true,
                visits,
                () -> ownCertificateEnds);
    }

    /** Waits by letting time pass, and stops the loop at the moment that the test wants to see. */
    final class Mailbox extends DeliveryMailbox {

        private long until = nanos;
        private BooleanSupplier isEnough = () -> false;
        private int wakes;
        private int wakesAtOnce;

        @Override
        DeliverySignal await(long wait, boolean isAnswerDue) {
            if (isEnough.getAsBoolean()) {
                throw new Paused();
            }
            DeliverySignal next = poll();
            if (next != null) {
                wakesAtOnce = 0;
                return next;
            }
            if (wait > 0 && until - nanos < wait) {
                nanos = until;
                throw new Paused();
            }
            wakes++;
            wakesAtOnce = wait == 0 ? wakesAtOnce + 1 : 0;
            if (wakesAtOnce > MOST_WAKES_AT_ONCE) {
                throw new AssertionError("The loop does not wait");
            }
            nanos += wait;
            return null;
        }
    }

    /** The loop has come to the moment that the test wants to see. */
    private static final class Paused extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private final class TestClock extends Clock {

        private final Supplier<Duration> leap;

        TestClock(Supplier<Duration> leap) {
            this.leap = leap;
        }

        @Override
        public Instant instant() {
            return now().plus(leap.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    Instant now() {
        return START.plusNanos(nanos - NANOS_AT_START);
    }

    /** Lets the loop do everything that it can do now. */
    void work() {
        pass(Duration.ZERO);
    }

    /** Lets the loop work until something is so; returns how many signals wait then, which are dropped. */
    int waitingWhen(BooleanSupplier isEnough) {
        mailbox.isEnough = isEnough;
        work();
        mailbox.isEnough = () -> false;
        int waiting = 0;
        while (mailbox.poll() != null) {
            waiting++;
        }
        return waiting;
    }

    /** Lets time pass while the loop runs; returns early if the loop ends. */
    void pass(Duration time) {
        mailbox.until = nanos + time.toNanos();
        if (hasEnded) {
            return;
        }
        try {
            delivery.run();
            hasEnded = true;
        } catch (Paused e) {
            // The test goes on.
        }
    }

    /** Lets time pass in which the process does not run at all. */
    void stall(Duration time) {
        nanos += time.toNanos();
        work();
    }

    /** Whether the loop has ended for good. */
    boolean hasEnded() {
        return hasEnded;
    }

    FakeBroker.FakeConnection connect() {
        return connect(Limits.unlimited());
    }

    /** The broker takes the attempt that is under way, or the next one. */
    FakeBroker.FakeConnection connect(Limits limits) {
        while (broker.newest().closed) {
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
        mailbox.send(signal);
        work();
    }

    void list(StreamName... names) {
        list(Set.of(), Set.of(), names);
    }

    void list(Set<StreamName> excluded, Set<StreamName> unsure, StreamName... wanted) {
        tell(new DeliverySignal.StreamsListed(
                new StreamList(
                        List.of(wanted).stream()
                                .map(name -> new StreamList.Stream(name, true, Optional.of(List.of())))
                                .toList(),
                        true),
                excluded,
                unsure));
    }

    /** A picture is being fetched. */
    void expectPicture(StreamName stream) {
        factory.expectPicture(stream, nanos);
    }

    /** A report of a visit is in the store. */
    void report(StreamName stream, String report) {
        RenderedVisit rendered =
                new RenderedVisit(RenderedVisit.Kind.REPORT, stream, now(), report.getBytes(StandardCharsets.UTF_8));
        store.add(stream, List.of(rendered), Optional.empty());
        work();
    }

    /** The recorder has given a picture. */
    void picture(StreamName stream, byte[] jpeg) {
        factory.offerPicture(stream, jpeg);
        work();
    }

    /** The recorder has given a still. */
    void still(StreamName stream, byte[] jpeg) {
        factory.offerStill(stream, jpeg);
        work();
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

    /** How often the loop works by itself in the next time. */
    int wakesWithin(Duration time) {
        mailbox.wakes = 0;
        pass(time);
        return mailbox.wakes;
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
