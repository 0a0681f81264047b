package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Backoff;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.status.BridgeState;
import io.lightnvr.mqtt.status.OpenFindings;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sets right what another client publishes on the bridge's own retained topics: a script, a second bridge, or the will of an old
 * connection of this bridge, which the broker publishes when it gives that one up. The first time at once, then ever more
 * seldom, so that two bridges that quarrel do not flood the broker. For the delivery thread alone; {@code now} is in nanoseconds
 * of a monotonic clock.
 */
final class OwnTopics implements DeliveryPart {

    private static final long QUIET_NANOS = Duration.ofMinutes(10).toNanos();
    private static final String FINDING = "own topics";

    private final TopicLayout topics;
    private final Consumer<String> subscribe;
    private final RetainedTopics retained;
    private final OpenFindings findings;
    private final Backoff pauses;
    private final Set<Topic> wrong = new LinkedHashSet<>();
    private long nextAt;
    private OptionalLong quietAt = OptionalLong.empty();

    /**
     * @param subscribe takes a topic filter whose own messages the broker leaves out
     * @param pauses between two corrections
     */
    OwnTopics(
            TopicLayout topics,
            Consumer<String> subscribe,
            RetainedTopics retained,
            OpenFindings findings,
            Backoff pauses,
            long now) {
        this.topics = topics;
        this.subscribe = subscribe;
        this.retained = retained;
        this.findings = findings;
        this.pauses = pauses;
        this.nextAt = now;
    }

    @Override
    public void connected(DeliverySignal.Connected connection, long now) {
        topics.current().forEach(subscribe);
    }

    @Override
    public void received(Topic topic, byte[] payload, boolean isRetained, long now) {
        if (!isRetained && (topics.isCurrent(topic) || isNoState(topic, payload)) && retained.differs(topic, payload)) {
            wrong.add(topic);
        }
    }

    /** The state of another bridge is told by {@link Subscriptions}. */
    private boolean isNoState(Topic topic, byte[] payload) {
        return topic.equals(topics.bridgeState())
                && !BridgeState.parse(payload).path("client_id").isTextual();
    }

    @Override
    public void refresh(long now) {
        if (!wrong.isEmpty() && now - nextAt >= 0) {
            Topic first = wrong.iterator().next();
            wrong.forEach(retained::republish);
            wrong.clear();
            nextAt = now + pauses.next().toNanos();
            quietAt = OptionalLong.of(now + QUIET_NANOS);
            findings.replace(FINDING, Optional.of(BrokerDiagnosis.othersPublish(first)));
        } else if (wrong.isEmpty() && quietAt.isPresent() && now - quietAt.getAsLong() >= 0) {
            quietAt = OptionalLong.empty();
            pauses.reset();
            findings.replace(FINDING, Optional.empty());
        }
    }

    @Override
    public OptionalLong waitNanos(long now) {
        return wrong.isEmpty() ? quietAt.stream().map(at -> at - now).findFirst() : OptionalLong.of(nextAt - now);
    }
}
