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
 * What the retained topics say now. Never queued: only the newest word of each counts, and each new connection is told
 * all of them. Not thread-safe.
 */
public final class RetainedTopics {

    /** What is told first. */
    enum Rank {
        AVAILABILITY,
        STATE,
        /** A picture, which is large, or a question; not kept once the broker has it. */
        UNHURRIED
    }

    private final Map<Rank, Map<Topic, Message>> words = new EnumMap<>(Rank.class);
    private final Map<Rank, Set<Topic>> untold = new EnumMap<>(Rank.class);

    public RetainedTopics() {
        for (Rank rank : Rank.values()) {
            words.put(rank, new LinkedHashMap<>());
            untold.put(rank, new LinkedHashSet<>());
        }
    }

    /** Says something; the same bytes again change nothing. */
    void say(Rank rank, Message message) {
        Message before = words.get(rank).put(message.topic(), message);
        if (before == null || !Arrays.equals(before.payload(), message.payload())) {
            untold.get(rank).add(message.topic());
        }
    }

    /** One topic is to be told again. */
    void tellAgain(Rank rank, Topic topic) {
        if (words.get(rank).containsKey(topic)) {
            untold.get(rank).add(topic);
        }
    }

    /** The broker has taken a message: what only had to be told once is forgotten, such as that a topic is cleared. */
    void told(Message message) {
        words.forEach((rank, said) -> {
            Message word = said.get(message.topic());
            boolean once = rank == Rank.UNHURRIED || message.payload().length == 0;
            if (once && word != null && Arrays.equals(word.payload(), message.payload())) {
                said.remove(message.topic());
                untold.get(rank).remove(message.topic());
            }
        });
    }

    /** Everything is to be told again, in the order in which it was first said. */
    void tellAgain() {
        untold.forEach((rank, topics) -> {
            topics.clear();
            topics.addAll(words.get(rank).keySet());
        });
    }

    /** The next that is to be told, of this rank or a more urgent one; it then counts as told. */
    Optional<Message> next(Rank last) {
        for (Rank rank : Rank.values()) {
            if (rank.compareTo(last) <= 0 && !untold.get(rank).isEmpty()) {
                Topic topic = untold.get(rank).iterator().next();
                untold.get(rank).remove(topic);
                return Optional.of(words.get(rank).get(topic));
            }
        }
        return Optional.empty();
    }
}
