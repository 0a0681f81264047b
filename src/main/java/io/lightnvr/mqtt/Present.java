package io.lightnvr.mqtt;

import io.lightnvr.mqtt.StandingTopics.Rank;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.discovery.Discovery;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventTime;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.state.StatePayload;
import io.lightnvr.mqtt.state.StreamStates;
import io.lightnvr.mqtt.status.BridgeState;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Backlog;
import io.lightnvr.mqtt.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is true now, kept in {@link StandingTopics}: who is available, what each stream shows, what the bridge knows of
 * itself, which devices there are. For the delivery thread alone; {@code nanos} are of a monotonic clock.
 */
final class Present {

    private static final Logger LOG = LoggerFactory.getLogger(Present.class);
    private static final String ONLINE = "online";
    private static final String OFFLINE = "offline";
    private static final String NOTHING = "";
    private static final long BRIDGE_STATE_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    /** The first of several events shows at once; a flood does not become a flood of states. */
    private static final long STATES_EVERY_NANOS = Duration.ofMillis(50).toNanos();

    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long BIRTH_PAUSE_MILLIS = 2_000;

    private final StandingTopics standing;
    private final TopicLayout topics;
    private final Optional<Discovery> discovery;
    private final StreamStates states;
    private final StatusBoard board;
    private final Store store;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<StreamName, Boolean> streams = new HashMap<>();
    private final Set<StreamName> touched = new HashSet<>();
    private BridgeState.About about;
    private Optional<String> lastLoss = Optional.empty();
    private boolean recorderOnline;
    private int listed;
    private long bridgeStateDue;
    private long statesDue;
    private long retryDue;
    private long statesShown;
    private Optional<Long> reannounceAt = Optional.empty();

    /**
     * @param discovery absent where Home Assistant is to be told nothing
     * @param nanos now
     */
    Present(
            StandingTopics standing,
            TopicLayout topics,
            Optional<Discovery> discovery,
            StreamStates states,
            StatusBoard board,
            Store store,
            BridgeState.About about,
            RandomGenerator random,
            Clock clock,
            long nanos) {
        this.standing = standing;
        this.topics = topics;
        this.discovery = discovery;
        this.states = states;
        this.board = board;
        this.store = store;
        this.clock = clock;
        this.about = about;
        this.random = random;
        this.bridgeStateDue = nanos;
        this.statesDue = nanos;
        this.retryDue = nanos;
        this.statesShown = nanos - STATES_EVERY_NANOS;
        standing.say(Rank.AVAILABILITY, Message.retained(topics.availability(), ONLINE));
        discovery.ifPresent(devices -> announce(devices.bridge()));
        restore(nanos);
        withdrawOthers();
    }

    /** What was announced where we announce nothing now: discovery was switched off, or has another prefix or id. */
    private void withdrawOthers() {
        for (String topic : store.announced()) {
            if (discovery.filter(devices -> devices.owns(topic)).isEmpty()) {
                LOG.info("Taking back what was announced on {}", topic);
                standing.say(Rank.DISCOVERY, Message.retained(new Topic(topic), NOTHING));
            }
        }
    }

    /** The broker has taken a retained message. */
    void told(Message message) {
        if (message.payload().length == 0) {
            standing.forget(Rank.DISCOVERY, message.topic());
            store.withdrawn(message.topic().name());
        }
    }

    private void announce(Message device) {
        store.announced(device.topic().name());
        standing.say(Rank.DISCOVERY, device);
    }

    /** What was shown when the process ended the last time, and what came too late to be kept. */
    private void restore(long nanos) {
        store.states().forEach((stream, memory) -> {
            states.restore(stream, memory, clock.instant(), nanos);
            streams.put(stream, false);
        });
        store.fresh().stream().flatMap(rendered -> rendered.event().stream()).forEach(event -> seen(event, nanos));
        sayAvailabilities();
    }

    /** What streams there are. One that is missing is offline; its device stays, with the areas that people gave it. */
    void streams(StreamList list, long nanos) {
        listed = list.streams().size();
        streams.replaceAll((stream, online) -> false);
        for (StreamList.Stream stream : list.streams()) {
            streams.put(stream.name(), stream.online());
            states.watch(
                    stream.name(),
                    stream.zones().stream()
                            .filter(Zone::enabled)
                            .map(Zone::name)
                            .toList());
            discovery.ifPresent(devices -> announce(devices.stream(stream.name())));
        }
        statesDue = nanos;
        sayAvailabilities();
    }

    /** Whether the recorder answers. */
    void recorder(boolean online) {
        recorderOnline = online;
        sayAvailabilities();
    }

    /** Events were found; only fresh ones change what a stream shows. */
    void detected(List<DetectionEvent> events, long nanos) {
        events.forEach(event -> seen(event, nanos));
        events.stream().map(DetectionEvent::stream).filter(states::watches).forEach(touched::add);
        statesDue = Math.max(nanos, statesShown + STATES_EVERY_NANOS);
    }

    private void seen(DetectionEvent event, long nanos) {
        states.seen(event, EventTime.delay(event.sendableSince(), clock.instant()), nanos);
    }

    /** Home Assistant has started: it gets everything again, after a pause that spreads many bridges. */
    void homeAssistantStarted(long nanos) {
        LOG.info("Home Assistant has started: announcing the devices again");
        reannounceAt = Optional.of(
                nanos + Duration.ofMillis(random.nextLong(BIRTH_PAUSE_MILLIS)).toNanos());
    }

    /** We are connected under this id now. */
    void clientId(String id) {
        if (!about.clientId().equals(id)) {
            about = about.as(id);
            sayBridgeState();
        }
    }

    /** The bridge leaves in order. */
    void offline() {
        standing.say(Rank.AVAILABILITY, Message.retained(topics.availability(), OFFLINE));
    }

    /** Brings up to date what changes by the passing of time. */
    void refresh(long nanos) {
        if (nanos - statesDue >= 0) {
            keepTouched(nanos);
            states.changed(nanos)
                    .forEach((stream, view) -> standing.say(
                            Rank.STATE, Message.retainedJson(topics.state(stream), StatePayload.bytes(view))));
            statesDue =
                    states.nextChange(nanos).map(wait -> nanos + wait.toNanos()).orElse(Long.MAX_VALUE);
        }
        if (store.isInTrouble() && nanos - retryDue >= 0) {
            // Else nobody would, while nothing happens.
            retryDue = nanos + RETRY_NANOS;
            store.settle();
        }
        if (nanos - bridgeStateDue >= 0) {
            bridgeStateDue = nanos + BRIDGE_STATE_EVERY_NANOS;
            sayBridgeState();
        }
        if (reannounceAt.filter(due -> nanos - due >= 0).isPresent()) {
            reannounceAt = Optional.empty();
            standing.tellAgain();
        }
    }

    private void keepTouched(long nanos) {
        if (!touched.isEmpty()) {
            statesShown = nanos;
            touched.forEach(stream -> store.keepState(stream, states.memory(stream, clock.instant(), nanos)));
            touched.clear();
        }
    }

    /** When {@link #refresh} must be called again at the latest. */
    long deadline() {
        long retry = store.isInTrouble() ? retryDue : Long.MAX_VALUE;
        return Math.min(Math.min(bridgeStateDue, statesDue), Math.min(retry, reannounceAt.orElse(Long.MAX_VALUE)));
    }

    private void sayAvailabilities() {
        streams.forEach((stream, online) -> standing.say(
                Rank.AVAILABILITY,
                Message.retained(topics.availability(stream), online && recorderOnline ? ONLINE : OFFLINE)));
    }

    private void sayBridgeState() {
        Backlog backlog = store.backlog();
        backlog.loss().filter(loss -> !backlog.loss().equals(lastLoss)).ifPresent(board::error);
        lastLoss = backlog.loss();
        backlog.trouble().ifPresent(board::error);
        StatusBoard.Counts counts = board.counts();
        BridgeState state = new BridgeState(
                about,
                recorderOnline,
                listed,
                counts,
                backlog.dropped() + counts.poisoned(),
                backlog.waiting(),
                backlog.oldest());
        standing.say(Rank.STATE, Message.retainedJson(topics.bridgeState(), state.json()));
    }
}
