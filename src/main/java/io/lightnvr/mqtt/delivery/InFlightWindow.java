package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Limits;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The messages that the broker has not answered yet, oldest first. At most as many as the lesser of {@code
 * mqtt.max_inflight} and the broker's Receive Maximum less one (Paho counts late), and at least one. Not thread-safe; times
 * are nanoseconds of a monotonic clock.
 */
final class InFlightWindow {

    private static final long ANSWER_NANOS = Duration.ofSeconds(10).toNanos();

    private final int maxInflight;
    private final Map<Long, Sent> unanswered = new LinkedHashMap<>();
    private Limits limits = Limits.unlimited();
    private long lastTicket;

    private record Sent(Outgoing outgoing, long at) {

        private Sent later(long nanos) {
            return new Sent(outgoing, at + nanos);
        }
    }

    /** @param maxInflight 1 to 65,535 */
    InFlightWindow(int maxInflight) {
        this.maxInflight = maxInflight;
    }

    /** Begins a connection to a broker with these limits. */
    void open(Limits granted) {
        limits = granted;
        clear();
    }

    /** Forgets every message without an answer: the connection is lost. */
    void clear() {
        unanswered.clear();
    }

    Limits limits() {
        return limits;
    }

    boolean hasRoom() {
        return unanswered.size() < Math.max(1, Math.min(maxInflight, limits.receiveMaximum() - 1));
    }

    boolean isEmpty() {
        return unanswered.isEmpty();
    }

    /** Takes in a message that is sent now, and returns its ticket. */
    long add(Outgoing outgoing, long now) {
        unanswered.put(++lastTicket, new Sent(outgoing, now));
        return lastTicket;
    }

    /** Removes the message with a ticket; empty if it belongs to an earlier connection. */
    Optional<Outgoing> answered(long ticket) {
        return Optional.ofNullable(unanswered.remove(ticket)).map(Sent::outgoing);
    }

    /** Gives every message so much more time for its answer. */
    void postpone(long nanos) {
        unanswered.replaceAll((ticket, sent) -> sent.later(nanos));
    }

    /** Whether the oldest message has had no answer for 10 s. */
    boolean isOverdue(long now) {
        OptionalLong wait = waitNanos(now);
        return wait.isPresent() && wait.getAsLong() <= 0;
    }

    /** How long until the oldest message is overdue. */
    OptionalLong waitNanos(long now) {
        Iterator<Sent> oldest = unanswered.values().iterator();
        return oldest.hasNext() ? OptionalLong.of(oldest.next().at() + ANSWER_NANOS - now) : OptionalLong.empty();
    }
}
