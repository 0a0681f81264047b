package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Topic;
import java.util.function.Consumer;

/**
 * Listens to the recorder's own detection topics, in their old form, on the connection on which the bridge itself publishes: so the
 * broker can leave out what the bridge publishes there. A message only says that there is something to read.
 */
final class RecorderBell implements DeliveryPart {

    private final String prefix;
    private final Consumer<String> subscribe;
    private final Consumer<String> ring;

    /**
     * @param topicPrefix the recorder's own
     * @param subscribe takes a topic filter whose own messages the broker leaves out
     * @param ring takes the last level of the topic; must not block
     */
    RecorderBell(String topicPrefix, Consumer<String> subscribe, Consumer<String> ring) {
        this.prefix = topicPrefix + "/detections/";
        this.subscribe = subscribe;
        this.ring = ring;
    }

    @Override
    public void connected(DeliverySignal.Connected connection, long now) {
        subscribe.accept(prefix + "+");
    }

    @Override
    public void received(Topic topic, byte[] payload, boolean retained, long now) {
        if (!retained && payload.length > 0 && topic.name().startsWith(prefix)) {
            ring.accept(topic.name().substring(prefix.length()));
        }
    }
}
