package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.control.CommandReading;
import io.lightnvr.mqtt.control.Control;
import io.lightnvr.mqtt.control.ControlCommand;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to what people say to the recorder. Whatever is retained is ignored, since it would be said again at each start; what was
 * said while the bridge was away waits nowhere, since its connection has no session.
 */
final class ControlCommands implements DeliveryPart {

    private static final Logger LOG = LoggerFactory.getLogger(ControlCommands.class);
    private static final int MOST_DECODED = 160;

    private final TopicLayout topics;
    private final Consumer<String> subscribe;
    private final Consumer<String> subscribeToOthers;
    private final BiConsumer<String, ControlCommand> taker;
    private final IgnoredCommands ignored;

    /**
     * @param subscribe takes a topic filter of which everything is wanted, with what is said to be retained marked as such
     * @param subscribeToOthers takes a topic filter whose own messages the broker leaves out, for {@link OwnTopics}
     * @param taker takes the key of a stream and a command; must not block
     * @param trouble takes what is ignored, as sentences
     * @param now by a monotonic clock, in nanoseconds
     */
    ControlCommands(
            TopicLayout topics,
            Consumer<String> subscribe,
            Consumer<String> subscribeToOthers,
            BiConsumer<String, ControlCommand> taker,
            Consumer<String> trouble,
            long now) {
        this.topics = topics;
        this.subscribe = subscribe;
        this.subscribeToOthers = subscribeToOthers;
        this.taker = taker;
        this.ignored = new IgnoredCommands(LOG, trouble, now);
    }

    @Override
    public void connected(DeliverySignal.Connected connection, long now) {
        topics.commands().forEach(subscribe);
        subscribeToOthers.accept(topics.controls());
    }

    @Override
    public void received(Topic topic, byte[] payload, boolean retained, long now) {
        topics.command(topic, (key, control) -> take(topic, key, control, payload, retained, now));
    }

    private void take(Topic topic, String key, Control control, byte[] payload, boolean retained, long now) {
        if (retained && payload.length == 0) {
            return; // Somebody clears what was retained.
        }
        if (retained) {
            ignored.tell(
                    "a command",
                    topic,
                    "it is retained, so that it would be carried out again at each start: publish it without retain",
                    now);
            return;
        }
        CommandReading reading = ControlCommand.read(control, payload);
        if (reading instanceof ControlCommand command) {
            taker.accept(key, command);
        } else if (reading instanceof CommandReading.Unreadable unreadable) {
            ignored.tell(IgnoredCommands.quoted(start(payload)), topic, unreadable.why(), now);
        }
    }

    /** More than is told of it. */
    private static String start(byte[] payload) {
        return new String(payload, 0, Math.min(payload.length, MOST_DECODED), StandardCharsets.UTF_8);
    }
}
