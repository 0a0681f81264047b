package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.broker.Backoff;
import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.HeardDetections;
import io.lightnvr.mqtt.source.RecorderEvents;
import io.lightnvr.mqtt.source.RecorderEvents.Heard;
import io.lightnvr.mqtt.source.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what the recorder publishes, on a connection of its own whose session the broker keeps: what is said while the bridge is
 * down waits there. A message is acknowledged once the store has it. Nothing is published on this connection.
 *
 * <p>Everything runs on the scheduler's only thread, which no poll can take: a detection that is heard waits for no slow recorder.
 */
final class Hearing {

    private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(8);
    private static final Duration RETRY_FIRST = Duration.ofSeconds(1);
    private static final Duration RETRY_LONGEST = Duration.ofMinutes(1);
    private static final long STEADY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_LOGGED = 3;
    private static final int MOST_WAITING = 500;

    /** Leaves room for all that the broker sends ahead of our acknowledgements. */
    private static final int MOST_UNACKNOWLEDGED = MOST_WAITING - 100;

    private static final int MOST_BYTES_UNACKNOWLEDGED = 4 << 20;

    private final Broker broker;
    private final BrokerSettings settings;
    private final boolean isOtherBroker;
    private final RecorderEvents events;
    private final Listener listener;
    private final IntakeTimes times;
    private final Backoff backoff;
    private final Queue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private final AtomicBoolean isTaking = new AtomicBoolean();
    private final AtomicBoolean isFloodLogged = new AtomicBoolean();
    private final Set<String> logged = new HashSet<>();
    private volatile Optional<Broker.Connection> connection = Optional.empty();
    private long attempt;
    private long hearingSince;
    private String lastFailure = "";
    private volatile boolean isHearing;

    /** Takes what is heard, on the hearing thread. */
    interface Listener {

        /** Takes new detections of one stream, in their order; they are stored when it returns. */
        void detected(StreamName stream, List<HeardDetections> detections);

        /** The recorder says that a stream is down, or is not. */
        void streamCondition(StreamName stream, boolean online);

        /** The recorder publishes its events here, or has stopped. */
        void presence(boolean online);

        /** The recorder tells how full its storage is, as {@link Heard.Storage#level}. */
        void storage(String level);

        /** The connection is there, or is lost: what was published meanwhile may never come. */
        void mayHaveMissed();

        /** Whether the broker lets the bridge listen; a sentence if it does not. */
        void refused(Optional<String> sentence);

        /** Whether the broker lets the bridge hear that the recorder is there; a sentence if it does not. */
        void presenceRefused(Optional<String> sentence);
    }

    private record Received(long attempt, String topic, byte[] payload, Broker.Receipt receipt) {}

    /**
     * @param settings with a session
     * @param isOtherBroker whether it is not the one to which the bridge publishes, so that nobody else tells of its failures
     * @param times with a scheduler of one thread
     */
    Hearing(
            Broker broker,
            BrokerSettings settings,
            boolean isOtherBroker,
            RecorderEvents events,
            Listener listener,
            IntakeTimes times) {
        this.broker = broker;
        this.isOtherBroker = isOtherBroker;
        this.settings = settings;
        this.events = events;
        this.listener = listener;
        this.times = times;
        this.backoff = new Backoff(RETRY_FIRST, RETRY_LONGEST, times.random());
    }

    /** Begins to connect. */
    void start() {
        run(Duration.ZERO, this::connect);
    }

    /** Whether what the recorder publishes arrives now; for any thread. */
    boolean isHearing() {
        return isHearing;
    }

    /**
     * Closes the connection, from any thread, while the hearing thread may still work: a message that it stores then is
     * acknowledged on a closed connection, which does nothing, and comes again.
     */
    void stop() {
        isHearing = false;
        connection.ifPresent(Broker.Connection::close);
    }

    private void run(Duration after, Runnable task) {
        times.scheduler().run(after, task);
    }

    private void connect() {
        long mine = ++attempt;
        connection = Optional.of(broker.open(settings, new Ear(mine)));
        run(CONNECT_WITHIN, () -> {
            if (mine == attempt && !isHearing) {
                ended(mine, "The broker does not answer", false);
            }
        });
    }

    private void connected(long mine) {
        if (mine == attempt) {
            connection.ifPresent(open -> {
                open.subscribe(events.topicFilter());
                open.subscribe(events.presenceFilter());
            });
        }
    }

    private void subscribed(long mine, String topicFilter, ReasonCode reason) {
        if (mine != attempt) {
            return;
        }
        Optional<String> refusal = reason.isRefusal()
                ? Optional.of("The broker does not let the bridge read " + topicFilter + ": " + reason)
                : Optional.empty();
        if (!topicFilter.equals(events.topicFilter())) {
            listener.presenceRefused(refusal);
            return;
        }
        listener.refused(refusal);
        if (refusal.isPresent()) {
            return;
        }
        hearingSince = times.now();
        isHearing = true;
        lastFailure = "";
        listener.mayHaveMissed();
        LOG.info("Listening to the recorder's events on {}", events.topicFilter());
    }

    private void failed(long mine, ConnectFailure failure) {
        boolean isRefusal = failure.kind() == ConnectFailure.Kind.REFUSAL;
        if (mine == attempt && isOtherBroker) {
            tell(failure.sentence(), isRefusal);
        }
        ended(mine, failure.sentence(), isRefusal);
    }

    private void tell(String sentence, boolean isRefusal) {
        if (!sentence.equals(lastFailure)) {
            lastFailure = sentence;
            LOG.warn("The recorder's events cannot be heard: {}", sentence);
        }
        if (isRefusal) {
            listener.refused(Optional.of(sentence));
        }
    }

    /** @param isRefusal whether only a person can repair it; a broker may lock out who tries again and again */
    private void ended(long mine, String sentence, boolean isRefusal) {
        if (mine != attempt) {
            return;
        }
        attempt++;
        if (isHearing && times.now() - hearingSince >= STEADY_NANOS) {
            backoff.reset();
        }
        boolean wasHearing = isHearing;
        isHearing = false;
        if (wasHearing) {
            LOG.info("{}; the recorder's events are not heard until the broker is back", sentence);
            listener.mayHaveMissed();
        }
        connection.ifPresent(Broker.Connection::close);
        connection = Optional.empty();
        drop();
        run(isRefusal ? backoff.longest() : backoff.next(), this::connect);
    }

    /** The broker sends again what waits. */
    private void drop() {
        while (next() != null) {}
    }

    private Received next() {
        Received next = received.poll();
        if (next != null) {
            waitingBytes.addAndGet(-next.payload().length);
        }
        return next;
    }

    /** The broker sends at most so many messages ahead, but for those that want no acknowledgement: they are dropped then. */
    private void received(Received message) {
        boolean isFlood = message.receipt().qos() == 0
                && (received.size() >= MOST_UNACKNOWLEDGED || waitingBytes.get() >= MOST_BYTES_UNACKNOWLEDGED);
        if (isFlood || received.size() >= MOST_WAITING) {
            if (!isFloodLogged.getAndSet(true)) {
                LOG.warn("More comes on {} than can be taken: some of it is lost", events.topicFilter());
            }
            return;
        }
        waitingBytes.addAndGet(message.payload().length);
        received.add(message);
        if (isTaking.compareAndSet(false, true)) {
            run(Duration.ZERO, this::take);
        }
    }

    private void take() {
        isTaking.set(false);
        List<Received> taken = new ArrayList<>();
        for (Received next = next(); next != null; next = next()) {
            taken.add(next);
            if (taken.size() == MOST_AT_ONCE) {
                store(taken);
                taken.clear();
            }
        }
        store(taken);
    }

    private void store(List<Received> messages) {
        Map<StreamName, List<HeardDetections>> detected = new LinkedHashMap<>();
        messages.forEach(message -> read(message, detected));
        detected.forEach(listener::detected);
        messages.stream()
                .filter(message -> message.attempt() == attempt)
                .forEach(message -> connection.ifPresent(open -> open.acknowledge(message.receipt())));
    }

    private void read(Received message, Map<StreamName, List<HeardDetections>> detected) {
        Heard heard;
        try {
            heard = events.read(message.topic(), message.payload());
        } catch (SourceException e) {
            if (logged.size() < MOST_LOGGED && logged.add(e.getMessage())) {
                LOG.warn(
                        "Skipping a message on {} that is not one of the recorder's: {}",
                        events.topicFilter(),
                        e.getMessage());
            }
            return;
        }
        if (heard instanceof Heard.Detected some) {
            detected.computeIfAbsent(some.detections().stream(), stream -> new ArrayList<>())
                    .add(some.detections());
        } else if (heard instanceof Heard.StreamCondition condition) {
            listener.streamCondition(condition.stream(), condition.online());
        } else if (heard instanceof Heard.Presence presence) {
            listener.presence(presence.online());
        } else if (heard instanceof Heard.Storage storage) {
            listener.storage(storage.level());
        }
    }

    /** Hears one connection, on its threads. */
    private final class Ear implements Broker.Listener {

        private final long mine;

        Ear(long mine) {
            this.mine = mine;
        }

        @Override
        public void connected(Limits limits, Optional<ServerCertificate> certificate) {
            run(Duration.ZERO, () -> Hearing.this.connected(mine));
        }

        @Override
        public void failed(ConnectFailure failure) {
            run(Duration.ZERO, () -> Hearing.this.failed(mine, failure));
        }

        @Override
        public void subscribed(String topicFilter, ReasonCode reason) {
            run(Duration.ZERO, () -> Hearing.this.subscribed(mine, topicFilter, reason));
        }

        @Override
        public void received(Topic topic, byte[] payload, boolean retained, Broker.Receipt receipt) {
            Hearing.this.received(new Received(mine, topic.name(), payload, receipt));
        }

        @Override
        public void lost(ReasonCode reason, String sentence) {
            boolean isTaken =
                    reason.equals(ReasonCode.SESSION_TAKEN_OVER); // by another bridge, which would take it back
            run(Duration.ZERO, () -> ended(mine, sentence, isTaken));
        }

        @Override
        public void bug(Throwable fault) {
            run(Duration.ZERO, () -> {
                throw new IllegalStateException(
                        "A thread of the connection for the recorder's events has failed", fault);
            });
        }
    }
}
