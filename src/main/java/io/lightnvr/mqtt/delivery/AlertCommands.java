package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.visit.AlertCommand;
import io.lightnvr.mqtt.visit.Alerts;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to what users say about the alerts of streams. A retained message would be said again at each start: it is ignored. Each
 * command that changes something is written to the disk, so of a flood the newest of each topic counts, a few times a second.
 */
final class AlertCommands implements DeliveryPart {

    private static final Logger LOG = LoggerFactory.getLogger(AlertCommands.class);
    private static final int MOST_TOPICS = 1_000;
    private static final long APART_NANOS = Duration.ofMillis(200).toNanos();

    private final TopicLayout topics;
    private final Consumer<String> subscribe;
    private final BiConsumer<String, UnaryOperator<Alerts>> taker;
    private final Clock clock;
    private final Map<Topic, Runnable> pending = new LinkedHashMap<>();
    private final IgnoredCommands ignored;
    private long nextAt;

    /**
     * @param subscribe takes a topic filter
     * @param taker takes the key of a stream and what becomes of its alerts; must not block
     * @param clock by which a snooze ends
     * @param now by a monotonic clock, in nanoseconds
     */
    AlertCommands(
            TopicLayout topics,
            Consumer<String> subscribe,
            BiConsumer<String, UnaryOperator<Alerts>> taker,
            Clock clock,
            long now) {
        this.topics = topics;
        this.subscribe = subscribe;
        this.taker = taker;
        this.clock = clock;
        this.nextAt = now;
        this.ignored = new IgnoredCommands(LOG, sentence -> {}, now);
    }

    @Override
    public void connected(DeliverySignal.Connected connection, long now) {
        topics.alertCommands().forEach(subscribe);
    }

    @Override
    public void received(Topic topic, byte[] payload, boolean retained, long now) {
        if (!retained) {
            String text = new String(payload, StandardCharsets.UTF_8);
            topics.alertCommand(topic, (key, isPause) -> take(topic, key, isPause, text, now));
        }
    }

    @Override
    public void refresh(long now) {
        if (!pending.isEmpty() && now - nextAt >= 0) {
            pending.values().forEach(Runnable::run);
            pending.clear();
            nextAt = now + APART_NANOS;
        }
    }

    @Override
    public OptionalLong waitNanos(long now) {
        return pending.isEmpty() ? OptionalLong.empty() : OptionalLong.of(nextAt - now);
    }

    private void take(Topic topic, String key, boolean isPause, String text, long now) {
        Optional<UnaryOperator<Alerts>> command =
                isPause ? AlertCommand.readPause(text) : AlertCommand.read(text, clock.instant());
        if (command.isEmpty()) {
            ignored.tell(
                    IgnoredCommands.quoted(text),
                    topic,
                    isPause ? "use minutes, 0 to 10080" : "use ON, OFF, or OFF 30m",
                    now);
        } else if (pending.size() < MOST_TOPICS || pending.containsKey(topic)) {
            pending.put(topic, () -> taker.accept(key, command.get()));
        }
    }
}
