package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.StreamName;

/**
 * The topics of the bridge.
 *
 * @param prefix the beginning of all topics, such as {@code lightnvr}; neither begins nor ends with {@code /}
 */
public record TopicLayout(String prefix) {

    public TopicLayout {
        if (prefix.isEmpty() || prefix.startsWith("/") || prefix.endsWith("/")) {
            throw new IllegalArgumentException(
                    "Topic prefix [%s] must not be empty, and must neither begin nor end with /".formatted(prefix));
        }
    }

    /** The documented topic of a stream's events, which existing automations know; two streams may share it. */
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

    /** The retained topic that shows whether the bridge is connected; also the topic of the will. */
    public Topic availability() {
        return topic("availability");
    }

    /** The retained topic that shows whether the recorder answers and a stream runs. */
    public Topic availability(StreamName stream) {
        return topic("availability/" + stream.key());
    }

    /** The retained topic of the bridge's counts and findings. */
    public Topic bridgeState() {
        return topic("bridge/state");
    }

    /** The retained topic of how full the recorder's storage is. */
    public Topic recorderStorage() {
        return topic("bridge/storage");
    }

    /** The topic of the button that publishes everything again. */
    public Topic announce() {
        return topic("bridge/announce");
    }

    /** The retained topic of the marker, by which a broker shows that it has kept the announcements. */
    public Topic announced() {
        return topic("bridge/announced");
    }

    /** The retained topic of a stream's newest picture. */
    public Topic image(StreamName stream) {
        return topic("image/" + stream.key());
    }

    /** Whether a topic of this bridge is always retained. False for documented events, which may be, and for topic filters. */
    public boolean keeps(String topic) {
        return owns(topic) && !owns(topic, "events/") && !owns(topic, "detections/") && topic.matches("[^+#\\x00]*");
    }

    private boolean owns(String topic, String below) {
        return topic.startsWith(prefix + "/" + below);
    }

    /** Whether a topic is below the prefix. */
    public boolean owns(String topic) {
        return topic.startsWith(prefix + "/");
    }

    private Topic topic(String rest) {
        return new Topic(prefix + "/" + rest);
    }
}
