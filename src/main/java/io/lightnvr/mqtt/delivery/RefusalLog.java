package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.status.StatusBoard;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts every message that the broker refuses, and logs the first of its kind per connection: all topics that differ only by
 * the stream or the device are of one kind. For the delivery thread alone.
 */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int MOST_LOGGED = 1_000;

    private final StatusBoard board;
    private final Set<String> logged = new HashSet<>();

    RefusalLog(StatusBoard board) {
        this.board = board;
    }

    /** The broker refused a message. */
    void refused(Topic topic, ReasonCode reason) {
        log(
                kind(topic) + reason,
                "The broker refuses messages on %s: %s; check what its access control allows this user"
                        .formatted(topic, reason));
    }

    /** Drops the last level of a topic, which names the stream or the device. */
    private static String kind(Topic topic) {
        return topic.name().replaceFirst("[^/]*(/config)?$", "");
    }

    /**
     * Whether a message is larger than the broker takes, so that sending it would end the connection, again and again.
     *
     * @param most the bytes of the largest packet that the broker takes
     */
    boolean isTooLarge(Message message, long most) {
        int size = message.packetSizeAtMost();
        if (size > most) {
            log(
                    message.topic().name(),
                    "A message on %s has up to %d bytes, more than the %d that the broker accepts; raise its limit"
                            .formatted(message.topic(), size, most));
        }
        return size > most;
    }

    /** A new connection begins: it may take what was refused before. */
    void reset() {
        logged.clear();
    }

    private void log(String kind, String sentence) {
        board.refused();
        board.error(sentence);
        if (logged.size() < MOST_LOGGED && logged.add(kind)) {
            LOG.error(sentence);
        }
    }
}
