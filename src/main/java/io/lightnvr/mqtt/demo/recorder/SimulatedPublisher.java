package io.lightnvr.mqtt.demo.recorder;

/**
 * How the recorder's own publisher is set up, as {@code /api/settings} tells it. It publishes nothing here.
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

    /** As a new recorder has it: off. */
    public static SimulatedPublisher off() {
        return new SimulatedPublisher(false, "localhost", 1883, "lightnvr", "lightnvr", false);
    }
}
