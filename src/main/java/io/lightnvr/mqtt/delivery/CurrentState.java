package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.delivery.RetainedTopics.Rank;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventTime;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.state.StatePayload;
import io.lightnvr.mqtt.state.StreamStates;
import io.lightnvr.mqtt.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is true now, kept in {@link RetainedTopics}: who is available, what each stream shows, and which devices there are.
 * For the delivery thread alone; {@code nanos} are of a monotonic clock.
 */
public final class CurrentState {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentState.class);
    private static final String ONLINE = "online";
    private static final String OFFLINE = "offline";
    private static final String NOTHING = "";

    /** The first of several events shows at once; a flood does not become a flood of states. */
    private static final long STATES_EVERY_NANOS = Duration.ofMillis(50).toNanos();

    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final RetainedTopics standing;
    private final TopicLayout topics;
    private final DeviceAnnouncer devices;
    private final StreamStates states;
    private final BridgeReport report;
    private final MissingStreams absences;
    private final Store store;
    private final Clock clock;
    private final Map<StreamName, StreamList.Stream> streams = new HashMap<>();
    private final Set<StreamName> touched = new HashSet<>();
    private final Map<StreamName, Set<Topic>> leaving = new HashMap<>();
    private boolean recorderOnline;
    private long statesDue;
    private long retryDue;
    private long statesShown;

    /** @param nanos now */
    public CurrentState(
            RetainedTopics standing,
            TopicLayout topics,
            DeviceAnnouncer devices,
            StreamStates states,
            BridgeReport report,
            MissingStreams absences,
            Store store,
            Clock clock,
            long nanos) {
        this.standing = standing;
        this.topics = topics;
        this.devices = devices;
        this.states = states;
        this.report = report;
        this.absences = absences;
        this.store = store;
        this.clock = clock;
        this.statesDue = nanos;
        this.retryDue = nanos;
        this.statesShown = nanos - STATES_EVERY_NANOS;
        standing.say(Rank.AVAILABILITY, Message.retained(topics.availability(), ONLINE));
        restore(nanos);
    }

    /** What was shown when the process ended the last time, and what came too late to be kept. */
    private void restore(long nanos) {
        store.states().forEach((stream, memory) -> {
            states.restore(stream, memory, clock.instant(), nanos);
            know(new StreamList.Stream(stream, false, Optional.empty()), nanos);
        });
        store.fresh().stream().flatMap(rendered -> rendered.event().stream()).forEach(event -> seen(event, nanos));
        sayAvailabilities();
    }

    /** What streams there are. One that is missing is offline; when it is really gone, its device and topics go too. */
    void streams(StreamList list, long nanos) {
        report.streams(list.streams().size());
        absences.gone(streams.keySet(), list, nanos).forEach(stream -> forget(stream, nanos));
        streams.replaceAll((stream, known) -> new StreamList.Stream(stream, false, known.zones()));
        for (StreamList.Stream stream : list.streams()) {
            leaving.remove(stream.name());
            Optional<List<Zone>> zones = stream.zones();
            states.watch(
                    stream.name(),
                    zones.map(all ->
                            all.stream().filter(Zone::enabled).map(Zone::name).toList()));
            if (!streams.containsKey(stream.name())) {
                // Even before its first event it must be known after a restart, or nobody would miss it.
                store.keepState(stream.name(), states.memory(stream.name(), clock.instant(), nanos));
            }
            know(stream, nanos);
        }
        statesDue = nanos;
        sayAvailabilities();
    }

    private void know(StreamList.Stream stream, long nanos) {
        StreamList.Stream before = streams.put(stream.name(), stream);
        if (before == null || !before.zones().equals(stream.zones())) {
            devices.stream(stream.name(), stream.zones(), nanos);
        }
    }

    /** A stream is gone: nothing of it stays on the broker. It is only forgotten when the broker has taken that. */
    private void forget(StreamName stream, long nanos) {
        LOG.info("The stream {} is gone: removing its device", stream);
        streams.remove(stream);
        touched.remove(stream);
        states.forget(stream);
        devices.forget(stream, nanos);
        clear(stream, Rank.AVAILABILITY, topics.availability(stream));
        clear(stream, Rank.STATE, topics.state(stream));
        clear(stream, Rank.UNHURRIED, topics.image(stream));
    }

    private void clear(StreamName stream, Rank rank, Topic topic) {
        leaving.computeIfAbsent(stream, name -> new HashSet<>()).add(topic);
        standing.say(rank, Message.retained(topic, NOTHING));
    }

    /** The broker has taken a retained message. */
    void told(Message message) {
        standing.told(message);
        if (message.payload().length == 0) {
            leaving.values().forEach(left -> left.remove(message.topic()));
            leaving.entrySet().removeIf(stream -> stream.getValue().isEmpty() && isForgotten(stream.getKey()));
        }
    }

    private boolean isForgotten(StreamName stream) {
        boolean withdrawn = devices.isWithdrawn(stream);
        if (withdrawn) {
            store.forgetState(stream);
        }
        return withdrawn;
    }

    /** Whether the recorder answers. */
    void recorder(boolean online, long nanos) {
        recorderOnline = online;
        report.recorder(online, nanos);
        if (!online) {
            absences.startOver();
        }
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

    /** There is a picture of a stream; the first one tells that there are pictures at all. */
    void pictured(StreamName stream, byte[] jpeg, long nanos) {
        StreamList.Stream known = streams.get(stream);
        if (known != null) {
            standing.say(Rank.UNHURRIED, Message.retained(topics.image(stream), jpeg));
            if (devices.pictured(stream)) {
                devices.stream(stream, known.zones(), nanos);
            }
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
        report.refresh(nanos);
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
        return Math.min(Math.min(report.deadline(), statesDue), retry);
    }

    private void sayAvailabilities() {
        streams.forEach((stream, known) -> standing.say(
                Rank.AVAILABILITY,
                Message.retained(topics.availability(stream), known.online() && recorderOnline ? ONLINE : OFFLINE)));
    }
}
