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
 * What the broker does not take, told once per connection, refusals for all topics of a kind: the log names each trouble
 * when it begins, not each message. All are counted. For the delivery thread alone.
 */
public final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int MOST_TOLD = 1_000;

    private final StatusBoard board;
    private final Set<String> told = new HashSet<>();

    public RefusalLog(StatusBoard board) {
        this.board = board;
    }

    /** The broker refused a message. */
    void refused(Topic topic, ReasonCode reason) {
        tell(
                kind(topic) + reason,
                "The broker refuses messages on %s: %s; check what it allows our user".formatted(topic, reason));
    }

    /** All topics but for the stream or device. */
    private static String kind(Topic topic) {
        return topic.name().replaceFirst("[^/]*(/config)?$", "");
    }

    /** Whether a message is larger than the broker takes: it would end the connection, again and again. */
    boolean isTooLarge(Message message, long most) {
        int size = message.packetSizeAtMost();
        if (size > most) {
            tell(
                    message.topic().name(),
                    "A message on %s has up to %d bytes, more than the %d that the broker takes; raise its limit"
                            .formatted(message.topic(), size, most));
        }
        return size > most;
    }

    /** A new connection: what was refused before may be taken now. */
    void forget() {
        told.clear();
    }

    private void tell(String what, String sentence) {
        board.refused();
        board.error(sentence);
        if (told.size() < MOST_TOLD && told.add(what)) {
            LOG.error(sentence);
        }
    }
}
