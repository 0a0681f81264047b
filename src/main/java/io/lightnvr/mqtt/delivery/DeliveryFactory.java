package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Backoff;
import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.control.ControlCommand;
import io.lightnvr.mqtt.discovery.Announcements;
import io.lightnvr.mqtt.discovery.DeviceNames;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.state.StreamStates;
import io.lightnvr.mqtt.status.BridgeState;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.visit.Alerts;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Wires the parts of delivery. What other threads use is here before the loop begins: the mailbox, {@link #expectPicture},
 * {@link #offerPicture} and {@link #offerStill}.
 */
public final class DeliveryFactory {

    private static final Duration RECONNECT_FIRST = Duration.ofSeconds(1);
    private static final Duration RECONNECT_LONGEST = Duration.ofSeconds(60);
    private static final Duration CORRECT_FIRST = Duration.ofSeconds(1);
    private static final Duration CORRECT_LONGEST = Duration.ofMinutes(5);

    private final DeliverySettings settings;
    private final StatusBoard board;
    private final LiveStatus live;
    private final DeliveryMailbox mailbox;
    private final RefusalLog refusals;
    private final Pictures pictures;
    private final Pictures stills;
    private Optional<Bell> bell = Optional.empty();
    private Optional<BiConsumer<String, UnaryOperator<Alerts>>> alerts = Optional.empty();

    private Optional<BiConsumer<String, ControlCommand>> controls = Optional.empty();

    private record Bell(String topicPrefix, Consumer<String> ring) {}

    /** @param live shows what is true now to those who look on */
    public DeliveryFactory(DeliverySettings settings, StatusBoard board, LiveStatus live, DeliveryMailbox mailbox) {
        this.settings = settings;
        this.board = board;
        this.live = live;
        this.mailbox = mailbox;
        this.refusals = new RefusalLog(board);
        this.pictures = new Pictures(settings.topics()::image, Pictures.MOST_BYTES, refusals);
        this.stills = new Pictures(settings.topics()::snapshot, Pictures.MOST_STILL_BYTES, refusals);
    }

    /** The clocks and the randomness of a delivery. */
    public record Times(Clock aging, Clock wall, LongSupplier nanoTime, RandomGenerator random) {}

    /**
     * Listens to the recorder's own detection topics, too. Call it before {@link #create}.
     *
     * @param topicPrefix the recorder's
     * @param ring takes the last level of the topic of each message, on the delivery thread, which it must not hold up
     */
    public void addRecorderBell(String topicPrefix, Consumer<String> ring) {
        bell = Optional.of(new Bell(topicPrefix, ring));
    }

    /**
     * Listens to what users say about alerts, too. Call it before {@link #create}.
     *
     * @param taker takes the key of the stream and what becomes of its alerts, on the delivery thread
     */
    public void addAlerts(BiConsumer<String, UnaryOperator<Alerts>> taker) {
        alerts = Optional.of(taker);
    }

    /**
     * Listens to what people say to the recorder, too, and shows what it does. Call it before {@link #create}.
     *
     * @param taker takes the key of the stream and a command, on the delivery thread, which it must not hold up
     */
    public void addControls(BiConsumer<String, ControlCommand> taker) {
        controls = Optional.of(taker);
    }

    /**
     * A picture of a stream is being fetched: the reports of its visits wait for it for a moment. From any thread.
     *
     * @param now by delivery's monotonic clock, in nanoseconds
     */
    public void expectPicture(StreamName stream, long now) {
        pictures.expect(stream, now);
    }

    /** Takes a picture of what a stream has detected, from any thread. */
    public void offerPicture(StreamName stream, byte[] jpeg) {
        pictures.offer(stream, jpeg);
        mailbox.send(new DeliverySignal.Pictured(stream));
    }

    /** Takes a still of a stream from any thread. */
    public void offerStill(StreamName stream, byte[] jpeg) {
        stills.offer(stream, jpeg);
        mailbox.send(new DeliverySignal.Pictured(stream));
    }

    /** Makes the loop, which takes up what the store has from before. */
    public Delivery create(Broker broker, Store store, OpenFindings findings, Times times) {
        long now = times.nanoTime().getAsLong();
        Backoff backoff = new Backoff(RECONNECT_FIRST, RECONNECT_LONGEST, times.random());
        NeighbourStatus neighbours = new NeighbourStatus(
                live, settings.birthTopic(), settings.discovery().isPresent());
        Consumer<String> trouble = sentence -> {
            board.error(sentence);
            neighbours.trouble(sentence);
        };
        BrokerLink link = new BrokerLink(broker, settings.broker(), backoff, mailbox, trouble, now);
        RetainedTopics retained = new RetainedTopics();
        Announcements announcements =
                new Announcements(settings.topics().announced(), new StoredAnnouncements(store), times.random(), now);
        WallTime wall = new WallTime(times.aging(), times.wall());
        BridgeReport report = report(retained, store, times, wall, now);
        List<DeliveryPart> parts = new ArrayList<>(List.of(
                currentState(retained, announcements, store, times, now),
                new DiskRetry(store),
                new ClockLeaps(wall, store, now),
                report,
                neighbours,
                new BrokerReview(settings.discovery(), retained, findings, settings.certificateEnds(), times.wall()),
                new Subscriptions(
                        settings, link::subscribe, link::subscribeToNew, announcements, retained, report, now),
                new RefusedSubscriptions(settings, findings),
                new OwnTopics(
                        settings.topics(),
                        link::subscribeToOthers,
                        retained,
                        findings,
                        new Backoff(CORRECT_FIRST, CORRECT_LONGEST, times.random()),
                        now)));
        bell.ifPresent(recorder ->
                parts.add(new RecorderBell(recorder.topicPrefix(), link::subscribeToOthers, recorder.ring())));
        alerts.ifPresent(taker ->
                parts.add(new AlertCommands(settings.topics(), link::subscribeToNew, taker, times.aging(), now)));
        controls.ifPresent(taker -> parts.add(new ControlCommands(
                settings.topics(), link::subscribeAsPublished, link::subscribeToOthers, taker, board::error, now)));
        return new Delivery(
                link,
                new InFlightWindow(settings.events().maxInflight()),
                new SendingOrder(retained, events(store, times, now), pictures, stills, announcements, refusals),
                parts,
                mailbox,
                times.nanoTime());
    }

    private EventSender events(Store store, Times times, long now) {
        DeliverySettings.Events events = settings.events();
        return new EventSender(
                store,
                new EventMessages(settings.topics(), events.qos(), events.retain(), events.maxAge(), times.aging()),
                new BacklogRate(events.drainRate(), now),
                new RefusedStreams(new Backoff(RECONNECT_LONGEST, RECONNECT_LONGEST, times.random())::longest),
                new HeldReports(pictures),
                refusals,
                board);
    }

    private CurrentState currentState(
            RetainedTopics retained, Announcements announcements, Store store, Times times, long now) {
        return new CurrentState(
                new StreamTopics(
                        retained,
                        pictures,
                        stills,
                        settings.topics(),
                        settings.events().retain()),
                new DeviceAnnouncer(
                        settings.discovery(),
                        announcements,
                        settings.images(),
                        settings.snapshots(),
                        new DeviceNames(store.devices()),
                        now),
                new StoredStates(
                        new StreamStates(settings.groups(), settings.zoneGroups(), settings.clearTimes()),
                        store,
                        times.aging(),
                        times.wall(),
                        now),
                new MissingStreams(settings.forgetAfter()),
                settings.visits(),
                controls.isPresent(),
                live,
                now);
    }

    private BridgeReport report(RetainedTopics retained, Store store, Times times, WallTime wall, long now) {
        BridgeState.About about = new BridgeState.About(
                settings.version(),
                settings.instanceId(),
                settings.broker().clientId(),
                store.storeId(),
                times.aging().instant());
        return new BridgeReport(retained, settings.topics().bridgeState(), board, store, about, wall, now);
    }
}
