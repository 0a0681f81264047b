package io.lightnvr.mqtt;

import io.lightnvr.mqtt.StandingTopics.Rank;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.discovery.Announcements;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second loop: from the outbox to the broker. An actor: one thread owns the connection, what is in flight and what
 * is true now; everything else sends it a {@link Signal}.
 *
 * <p>At most a window of messages is unacknowledged: the least of {@code mqtt.max_inflight} and the broker's Receive
 * Maximum less one (Paho counts late), at least one. No acknowledgement for 10 s means that the connection is lost. What
 * retained topics say goes before events, events before discovery.
 */
final class Delivery implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final long ANSWER_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long AWAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long FAREWELL_NANOS = Duration.ofMillis(1_500).toNanos();

    private final Link link;
    private final EventQueue events;
    private final Present present;
    private final StandingTopics standing;
    private final Complaints complaints;
    private final int maxInflight;
    private final Announcements announcements;
    private final Inbox inbox;
    private final BridgeReport report;
    private final BrokerReview review;
    private final BlockingQueue<Signal> signals;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Map<Long, Sent> inFlight = new LinkedHashMap<>();
    private Limits limits = Limits.unlimited();
    private long lastTicket;
    private long closeAt = Long.MAX_VALUE;

    /** A message that is not answered yet; of an event, or a standing one. */
    private record Sent(Optional<EventQueue.Part> part, Message message, long at) {}

    /**
     * @param nanoTime a monotonic clock
     */
    Delivery(
            Link link,
            EventQueue events,
            Present present,
            StandingTopics standing,
            Complaints complaints,
            Announcements announcements,
            Inbox inbox,
            BridgeReport report,
            BrokerReview review,
            int maxInflight,
            BlockingQueue<Signal> signals,
            Clock clock,
            LongSupplier nanoTime) {
        this.link = link;
        this.events = events;
        this.present = present;
        this.standing = standing;
        this.complaints = complaints;
        this.announcements = announcements;
        this.inbox = inbox;
        this.report = report;
        this.review = review;
        this.maxInflight = maxInflight;
        this.signals = signals;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Works until a {@link Signal.Close} is carried out, or the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (link.state() != Link.State.CLOSED) {
                step();
                Signal first = next();
                for (Signal signal = first; signal != null; signal = signals.poll()) {
                    handle(signal);
                }
            }
        } catch (InterruptedException e) {
            link.close();
        }
    }

    /** While an answer is due it only steps aside for a moment: to sleep and to be woken takes longer than the answer. */
    private Signal next() throws InterruptedException {
        Signal next = signals.poll();
        long until = nanoTime.getAsLong() + AWAKE_NANOS;
        while (next == null && !inFlight.isEmpty() && nanoTime.getAsLong() - until < 0) {
            Thread.yield();
            next = signals.poll();
        }
        return next != null ? next : signals.poll(deadline() - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
    }

    /** Does what is due and sends what may be sent. */
    void step() {
        long now = nanoTime.getAsLong();
        link.onTime(now);
        if (link.state() == Link.State.CONNECTED && oldestSent() <= now - ANSWER_NANOS) {
            lost(ReasonCode.SUCCESS, "The broker has not answered for 10 s: the connection is lost", now);
        }
        present.refresh(now);
        review.refresh(now);
        send(now);
        if (inFlight.isEmpty()) {
            events.settle();
        }
        if (closing() && (link.state() != Link.State.CONNECTED || inFlight.isEmpty() || now >= closeAt)) {
            link.close();
        }
    }

    /** When {@link #step} must be called again at the latest, in nanoseconds of the monotonic clock. */
    long deadline() {
        long answers = inFlight.isEmpty() ? Long.MAX_VALUE : oldestSent() + ANSWER_NANOS;
        long sending = mayFly() ? Math.min(events.deadline(), announcements.deadline()) : Long.MAX_VALUE;
        return Math.min(
                Math.min(link.deadline(), Math.min(answers, closeAt)),
                Math.min(sending, Math.min(present.deadline(), review.deadline())));
    }

    void handle(Signal signal) {
        if (signal instanceof Signal.OfConnection connection) {
            if (link.concerns(connection)) {
                handleConnection(connection, nanoTime.getAsLong());
            }
        } else if (signal instanceof Signal.Detected detected) {
            present.detected(detected.events(), nanoTime.getAsLong());
        } else if (signal instanceof Signal.StreamsListed listed) {
            present.streams(listed.list(), nanoTime.getAsLong());
        } else if (signal instanceof Signal.RecorderAnswers recorder) {
            present.recorder(recorder.online(), nanoTime.getAsLong());
        } else if (signal instanceof Signal.Pictured pictured) {
            present.pictured(pictured.stream(), pictured.jpeg(), nanoTime.getAsLong());
        } else if (signal instanceof Signal.ClientIdInUse) {
            if (link.rename(nanoTime.getAsLong())) {
                forgetInFlight();
                report.clientId(link.clientId());
            }
        } else if (signal instanceof Signal.Beat beat) {
            beat.answer().run();
        } else if (signal instanceof Signal.Close) {
            present.offline();
            closeAt = nanoTime.getAsLong() + FAREWELL_NANOS;
        }
    }

    private void handleConnection(Signal.OfConnection signal, long now) {
        if (signal instanceof Signal.Connected connected) {
            connected(connected, now);
        } else if (signal instanceof Signal.ConnectFailed failed) {
            link.failed(failed.failure(), now);
        } else if (signal instanceof Signal.Lost lost) {
            lost(lost.reason(), lost.sentence(), now);
        } else if (signal instanceof Signal.Delivered delivered) {
            delivered(delivered.ticket(), delivered.reason(), now);
        } else if (signal instanceof Signal.Subscribed subscribed) {
            if (subscribed.reason().isRefusal()) {
                LOG.warn(
                        "The broker refuses the subscription to {}: {}; check what it allows our user",
                        subscribed.topicFilter(),
                        subscribed.reason());
            }
        } else if (signal instanceof Signal.Received received) {
            inbox.received(received.topic(), received.payload(), received.retained(), now);
        }
    }

    private void connected(Signal.Connected signal, long now) {
        limits = signal.limits();
        review.connected(signal.certificate(), now);
        link.connected(now);
        complaints.forget();
        inbox.topics().forEach(link::subscribe);
        standing.tellAgain();
        announcements.connected(now);
    }

    private void lost(ReasonCode reason, String sentence, long now) {
        link.lost(reason, sentence, now);
        forgetInFlight();
        report.clientId(link.clientId());
    }

    private void forgetInFlight() {
        inFlight.clear();
        events.startOver(nanoTime.getAsLong());
    }

    private void delivered(long ticket, ReasonCode reason, long now) {
        Sent sent = inFlight.remove(ticket);
        if (sent == null) {
            return;
        }
        if (sent.part().isPresent()) {
            events.answered(sent.part().get(), reason, now);
        } else if (reason.isRefusal()) {
            complaints.refused(sent.message().topic(), reason);
            announcements.refused(sent.message().topic(), now);
        } else {
            announcements.told(sent.message().topic(), now);
            present.told(sent.message());
            review.told(sent.message().topic(), reason, now);
        }
    }

    private void send(long now) {
        while (mayFly()) {
            Optional<Message> urgent = standing.next(closing() ? Rank.AVAILABILITY : Rank.STATE);
            Optional<EventQueue.Part> event =
                    urgent.isPresent() || closing() ? Optional.empty() : events.next(clock.instant(), now, limits);
            if (event.isPresent()) {
                send(event, event.get().message());
                continue;
            }
            Optional<Message> message = urgent.isPresent() || closing() ? urgent : unhurried(now);
            if (message.isEmpty()) {
                return;
            }
            sendStanding(message.get().within(limits));
        }
    }

    private Optional<Message> unhurried(long now) {
        return standing.next(Rank.UNHURRIED).or(() -> announcements.next(now));
    }

    private void sendStanding(Message message) {
        if (complaints.isTooLarge(message, limits.maximumPacketSize())) {
            announcements.refused(message.topic(), nanoTime.getAsLong());
        } else {
            send(Optional.empty(), message);
        }
    }

    private void send(Optional<EventQueue.Part> part, Message message) {
        inFlight.put(++lastTicket, new Sent(part, message, nanoTime.getAsLong()));
        link.publish(lastTicket, message);
    }

    private boolean mayFly() {
        return link.state() == Link.State.CONNECTED && inFlight.size() < window();
    }

    private int window() {
        return Math.max(1, Math.min(maxInflight, limits.receiveMaximum() - 1));
    }

    private long oldestSent() {
        return inFlight.isEmpty()
                ? Long.MAX_VALUE
                : inFlight.values().iterator().next().at();
    }

    private boolean closing() {
        return closeAt != Long.MAX_VALUE;
    }
}
