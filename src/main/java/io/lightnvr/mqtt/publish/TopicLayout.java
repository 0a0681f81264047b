package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.StreamName;

/**
 * Where everything is published.
 *
 * @param prefix what all topics begin with, such as {@code lightnvr}; neither begins nor ends with {@code /}
 */
public record TopicLayout(String prefix) {

    public TopicLayout {
        if (prefix.isEmpty() || prefix.startsWith("/") || prefix.endsWith("/")) {
            throw new IllegalArgumentException(
                    "Topic prefix [%s] must be some text that neither begins nor ends with /".formatted(prefix));
        }
    }

    /** The documented topic of a stream's events, which existing automations know. Two streams may share it. */
    public Topic detections(StreamName stream) {
        return topic("detections/" + stream.slug());
    }

    /** The topic of a stream's enriched events. */
    public Topic events(StreamName stream) {
        return topic("events/" + stream.key());
    }

    /** The retained topic of what a stream shows now. */
    public Topic state(StreamName stream) {
        return topic("state/" + stream.key());
    }

    /** The retained topic that tells whether the bridge is there; also the will's. */
    public Topic availability() {
        return topic("availability");
    }

    /** The retained topic that tells whether the recorder answers and the stream runs. */
    public Topic availability(StreamName stream) {
        return topic("availability/" + stream.key());
    }

    /** The retained topic of the bridge's own figures. */
    public Topic bridgeState() {
        return topic("bridge/state");
    }

    /** Where people ask for everything to be announced again. */
    public Topic announce() {
        return topic("bridge/announce");
    }

    /** The retained topic of what the broker was announced, in short: where it says something else, it has forgotten. */
    public Topic announced() {
        return topic("bridge/announced");
    }

    /** The retained topic of a stream's newest picture. */
    public Topic image(StreamName stream) {
        return topic("image/" + stream.key());
    }

    /** Whether a topic is one of ours on which the broker keeps something, and no filter; of the documented events it may. */
    public boolean keeps(String topic) {
        return owns(topic) && !owns(topic, "events/") && !owns(topic, "detections/") && topic.matches("[^+#\\x00]*");
    }

    private boolean owns(String topic, String below) {
        return topic.startsWith(prefix + "/" + below);
    }

    /** Whether a topic is below our prefix. */
    public boolean owns(String topic) {
        return topic.startsWith(prefix + "/");
    }

    private Topic topic(String rest) {
        return new Topic(prefix + "/" + rest);
    }
}
