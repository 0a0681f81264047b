package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus.Condition;
import java.nio.charset.StandardCharsets;

/**
 * Tells those who look on how the broker and Home Assistant are. Home Assistant says so on its birth topic, and only when it starts
 * and ends, so that nothing is known of it before. For the delivery thread alone.
 */
final class NeighbourStatus implements DeliveryPart {

    private static final String NO_TROUBLE = "";

    private final LiveStatus live;
    private final String birthTopic;
    private final boolean hasHomeAssistant;

    /** @param hasHomeAssistant whether devices are announced to it */
    NeighbourStatus(LiveStatus live, String birthTopic, boolean hasHomeAssistant) {
        this.live = live;
        this.birthTopic = birthTopic;
        this.hasHomeAssistant = hasHomeAssistant;
        homeAssistant(Condition.UNKNOWN);
    }

    @Override
    public void connected(DeliverySignal.Connected connection, long now) {
        live.part(Part.BROKER, Condition.ONLINE, NO_TROUBLE);
    }

    /** The connection to the broker is lost, or cannot be made. */
    void trouble(String sentence) {
        live.part(Part.BROKER, Condition.OFFLINE, sentence);
        homeAssistant(Condition.UNKNOWN);
    }

    @Override
    public void received(Topic topic, byte[] payload, boolean retained, long now) {
        if (topic.name().equals(birthTopic) && !retained) {
            String said = new String(payload, StandardCharsets.UTF_8);
            if (said.equals("online") || said.equals("offline")) {
                homeAssistant(said.equals("online") ? Condition.ONLINE : Condition.OFFLINE);
            }
        }
    }

    private void homeAssistant(Condition condition) {
        live.part(Part.HOME_ASSISTANT, hasHomeAssistant ? condition : Condition.ABSENT, NO_TROUBLE);
    }
}
