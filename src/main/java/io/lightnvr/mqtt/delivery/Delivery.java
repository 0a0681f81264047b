package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.delivery.RetainedTopics.Rank;
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
 * is true now; everything else sends it a {@link DeliverySignal}.
 *
 * <p>At most a window of messages is unacknowledged: the least of {@code mqtt.max_inflight} and the broker's Receive
 * Maximum less one (Paho counts late), at least one. No acknowledgement for 10 s means that the connection is lost. What
 * retained topics say goes before events, events before discovery.
 */
public final class Delivery implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final long ANSWER_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long AWAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long FAREWELL_NANOS = Duration.ofMillis(1_500).toNanos();

    private final BrokerLink link;
    private final EventSender events;
    private final CurrentState present;
    private final RetainedTopics standing;
    private final RefusalLog complaints;
    private final int maxInflight;
    private final Announcements announcements;
    private final Subscriptions inbox;
    private final BridgeReport report;
    private final BrokerReview review;
    private final BlockingQueue<DeliverySignal> signals;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Map<Long, Sent> inFlight = new LinkedHashMap<>();
    private Limits limits = Limits.unlimited();
    private long lastTicket;
    private long closeAt = Long.MAX_VALUE;

    /** A message that is not answered yet; of an event, or a standing one. */
    private record Sent(Optional<EventSender.Part> part, Message message, long at) {}

    /**
     * @param nanoTime a monotonic clock
     */
    public Delivery(
            BrokerLink link,
            EventSender events,
            CurrentState present,
            RetainedTopics standing,
            RefusalLog complaints,
            Announcements announcements,
            Subscriptions inbox,
            BridgeReport report,
            BrokerReview review,
            int maxInflight,
            BlockingQueue<DeliverySignal> signals,
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

    /** Works until a {@link DeliverySignal.Close} is carried out, or the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (link.state() != BrokerLink.State.CLOSED) {
                step();
                DeliverySignal first = next();
                for (DeliverySignal signal = first; signal != null; signal = signals.poll()) {
                    handle(signal);
                }
            }
        } catch (InterruptedException e) {
            link.close();
        }
    }

    /** While an answer is due it only steps aside for a moment: to sleep and to be woken takes longer than the answer. */
    private DeliverySignal next() throws InterruptedException {
        DeliverySignal next = signals.poll();
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
        if (link.state() == BrokerLink.State.CONNECTED && oldestSent() <= now - ANSWER_NANOS) {
            lost(ReasonCode.SUCCESS, "The broker has not answered for 10 s: the connection is lost", now);
        }
        present.refresh(now);
        review.refresh(now);
        send(now);
        if (inFlight.isEmpty()) {
            events.settle();
        }
        if (closing() && (link.state() != BrokerLink.State.CONNECTED || inFlight.isEmpty() || now >= closeAt)) {
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

    void handle(DeliverySignal signal) {
        if (signal instanceof DeliverySignal.OfConnection connection) {
            if (link.concerns(connection)) {
                handleConnection(connection, nanoTime.getAsLong());
            }
        } else if (signal instanceof DeliverySignal.Detected detected) {
            present.detected(detected.events(), nanoTime.getAsLong());
        } else if (signal instanceof DeliverySignal.StreamsListed listed) {
            present.streams(listed.list(), nanoTime.getAsLong());
        } else if (signal instanceof DeliverySignal.RecorderAnswers recorder) {
            present.recorder(recorder.online(), nanoTime.getAsLong());
        } else if (signal instanceof DeliverySignal.Pictured pictured) {
            present.pictured(pictured.stream(), pictured.jpeg(), nanoTime.getAsLong());
        } else if (signal instanceof DeliverySignal.ClientIdInUse) {
            if (link.rename(nanoTime.getAsLong())) {
                forgetInFlight();
                report.clientId(link.clientId());
            }
        } else if (signal instanceof DeliverySignal.Beat beat) {
            beat.answer().run();
        } else if (signal instanceof DeliverySignal.Close) {
            present.offline();
            closeAt = nanoTime.getAsLong() + FAREWELL_NANOS;
        }
    }

    private void handleConnection(DeliverySignal.OfConnection signal, long now) {
        if (signal instanceof DeliverySignal.Connected connected) {
            connected(connected, now);
        } else if (signal instanceof DeliverySignal.ConnectFailed failed) {
            link.failed(failed.failure(), now);
        } else if (signal instanceof DeliverySignal.Lost lost) {
            lost(lost.reason(), lost.sentence(), now);
        } else if (signal instanceof DeliverySignal.Delivered delivered) {
            delivered(delivered.ticket(), delivered.reason(), now);
        } else if (signal instanceof DeliverySignal.Subscribed subscribed) {
            if (subscribed.reason().isRefusal()) {
                LOG.warn(
                        "The broker refuses the subscription to {}: {}; check what it allows our user",
                        subscribed.topicFilter(),
                        subscribed.reason());
            }
        } else if (signal instanceof DeliverySignal.Received received) {
            inbox.received(received.topic(), received.payload(), received.retained(), now);
        }
    }

    private void connected(DeliverySignal.Connected signal, long now) {
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
            Optional<EventSender.Part> event =
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

    private void send(Optional<EventSender.Part> part, Message message) {
        inFlight.put(++lastTicket, new Sent(part, message, nanoTime.getAsLong()));
        link.publish(lastTicket, message);
    }

    private boolean mayFly() {
        return link.state() == BrokerLink.State.CONNECTED && inFlight.size() < window();
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
