package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The current message of each retained topic. Nothing queues here: a newer message replaces the older one, and each new
 * connection gets all of them ({@link SendingOrder#connected}). Not thread-safe.
 */
final class RetainedTopics {

    /** The order of sending. */
    enum Rank {
        AVAILABILITY,
        STATE,
        /** Sent once, after the events; forgotten when the broker has it. */
        LAST
    }

    private final Map<Rank, Map<Topic, Message>> messages = new EnumMap<>(Rank.class);
    private final Map<Rank, Set<Topic>> pending = new EnumMap<>(Rank.class);

    RetainedTopics() {
        for (Rank rank : Rank.values()) {
            messages.put(rank, new LinkedHashMap<>());
            pending.put(rank, new LinkedHashSet<>());
        }
    }

    /** Sets the message of a topic; the same payload again changes nothing. */
    void set(Rank rank, Message message) {
        Message before = messages.get(rank).put(message.topic(), message);
        if (before == null || !Arrays.equals(before.payload(), message.payload())) {
            pending.get(rank).add(message.topic());
        }
    }

    /** The message of a topic, if it was set and the broker need not forget it. */
    Optional<Message> get(Rank rank, Topic topic) {
        return Optional.ofNullable(messages.get(rank).get(topic));
    }

    /** Whether a topic is one of these, and is to hold another payload than this. */
    boolean differs(Topic topic, byte[] payload) {
        return messages.values().stream()
                .map(current -> current.get(topic))
                .anyMatch(message -> message != null && !Arrays.equals(message.payload(), payload));
    }

    /** Sends the message of a topic once more. */
    void republish(Topic topic) {
        messages.keySet().forEach(rank -> republish(rank, topic));
    }

    /** Sends the message of a topic once more. */
    void republish(Rank rank, Topic topic) {
        if (messages.get(rank).containsKey(topic)) {
            pending.get(rank).add(topic);
        }
    }

    /** Sends every message once more, in the order in which the topics were first set. */
    void republishAll() {
        pending.forEach((rank, topics) -> {
            topics.clear();
            topics.addAll(messages.get(rank).keySet());
        });
    }

    /** The broker has a message. One that clears its topic, and one of the last rank, need not be sent again. */
    void acknowledged(Message message) {
        messages.forEach((rank, current) -> {
            Message newest = current.get(message.topic());
            boolean once = rank == Rank.LAST || message.payload().length == 0;
            if (once && newest != null && Arrays.equals(newest.payload(), message.payload())) {
                current.remove(message.topic());
                pending.get(rank).remove(message.topic());
            }
        });
    }

    /** Takes the next pending message, of this rank or a more urgent one. */
    Optional<Message> next(Rank last) {
        for (Rank rank : Rank.values()) {
            if (rank.compareTo(last) <= 0 && !pending.get(rank).isEmpty()) {
                Topic topic = pending.get(rank).iterator().next();
                pending.get(rank).remove(topic);
                return Optional.of(messages.get(rank).get(topic));
            }
        }
        return Optional.empty();
    }
}
