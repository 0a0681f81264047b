package io.lightnvr.mqtt.demo.recorder;

/**
 * How the recorder's own publisher is set up, as {@code /api/settings} tells it. It publishes nothing here.
 *
 * @param homeAssistant whether it announces devices to Home Assistant
 */
public record NativePublisher(
        boolean enabled,
        String brokerHost,
        int brokerPort,
        String clientId,
        String topicPrefix,
        boolean homeAssistant) {

    /** As a new recorder has it: off. */
    public static NativePublisher off() {
        return new NativePublisher(false, "localhost", 1883, "lightnvr", "lightnvr", false);
    }
}
