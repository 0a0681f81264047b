package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.visit.AlertCommand;
import io.lightnvr.mqtt.visit.Alerts;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens to what users say about the alerts of streams. A retained message would be said again at each start: it is ignored. */
final class AlertCommands implements DeliveryPart {

    private static final Logger LOG = LoggerFactory.getLogger(AlertCommands.class);
    private static final int MOST_LOGGED = 40;

    private final TopicLayout topics;
    private final Consumer<String> subscribe;
    private final BiConsumer<String, UnaryOperator<Alerts>> taker;
    private final Clock clock;

    /**
     * @param subscribe takes a topic filter
     * @param taker takes the key of a stream and what becomes of its alerts; must not block
     * @param clock by which a snooze ends
     */
    AlertCommands(
            TopicLayout topics,
            Consumer<String> subscribe,
            BiConsumer<String, UnaryOperator<Alerts>> taker,
            Clock clock) {
        this.topics = topics;
        this.subscribe = subscribe;
        this.taker = taker;
        this.clock = clock;
    }

    @Override
    public void connected(DeliverySignal.Connected connection, long now) {
        topics.alertCommands().forEach(subscribe);
    }

    @Override
    public void received(Topic topic, byte[] payload, boolean retained, long now) {
        if (!retained) {
            topics.alertCommand(
                    topic, (key, isPause) -> take(topic, key, isPause, new String(payload, StandardCharsets.UTF_8)));
        }
    }

    private void take(Topic topic, String key, boolean isPause, String text) {
        Optional<UnaryOperator<Alerts>> command =
                isPause ? AlertCommand.readPause(text) : AlertCommand.read(text, clock.instant());
        command.ifPresentOrElse(
                known -> taker.accept(key, known),
                () -> LOG.warn(
                        "Ignoring \"{}\" on {}: use {}",
                        text.substring(0, Math.min(text.length(), MOST_LOGGED)),
                        topic.name(),
                        isPause ? "minutes, 0 to 10080" : "ON, OFF, or OFF 30m"));
    }
}
