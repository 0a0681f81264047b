package io.lightnvr.mqtt.demo.recorder;

/**
 * The settings of the recorder's own publisher in {@code /api/settings}. It publishes nothing here.
 *
 * @param homeAssistant whether it announces devices to Home Assistant
 */
public record SimulatedPublisher(
        boolean enabled,
        String brokerHost,
        int brokerPort,
        String clientId,
        String topicPrefix,
        boolean homeAssistant) {

    /** That of a new recorder: off. */
    public static SimulatedPublisher off() {
        return new SimulatedPublisher(false, "localhost", 1883, "lightnvr", "lightnvr", false);
    }
}
