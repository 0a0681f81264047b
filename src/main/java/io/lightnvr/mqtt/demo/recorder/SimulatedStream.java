package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.event.StreamName;

/**
 * A stream as the recorder is set up for it.
 *
 * @param url where its camera is
 * @param detector what looks at its pictures, {@code ""} for nothing
 * @param enabled whether the recorder should record it
 * @param condition how it is
 */
public record SimulatedStream(StreamName name, String url, String detector, boolean enabled, Condition condition) {

    /** How a stream is. */
    public enum Condition {
        /** It does not run, and {@code /api/health} does not name it. */
        STOPPED,
        UP,
        /** It runs, with trouble. */
        DEGRADED,
        /** It should run, but no picture comes. */
        DOWN
    }

    private static final String EXTERNAL_DETECTOR = "api-detection";

    /** An enabled stream with a detector, which is up. */
    public static SimulatedStream running(String name) {
        return new SimulatedStream(new StreamName(name), cameraOf(name), EXTERNAL_DETECTOR, true, Condition.UP);
    }

    /** An enabled stream without a detector, which does not run. */
    public static SimulatedStream stopped(String name) {
        return new SimulatedStream(new StreamName(name), cameraOf(name), "", true, Condition.STOPPED);
    }

    SimulatedStream in(Condition other) {
        return new SimulatedStream(name, url, detector, enabled, other);
    }

    SimulatedStream disabled() {
        return new SimulatedStream(name, url, detector, false, Condition.STOPPED);
    }

    boolean isRunning() {
        return condition != Condition.STOPPED;
    }

    boolean hasDetector() {
        return !detector.isEmpty();
    }

    /**
     * What the list of streams and the answers with detections say of it. That is not to be trusted: seen on the real
     * one is {@code Error} for streams that are up.
     */
    String unreliableStatus() {
        return isRunning() ? "Error" : "Stopped";
    }

    private static String cameraOf(String name) {
        return "rtsp://127.0.0.1:18554/" + name;
    }
}
