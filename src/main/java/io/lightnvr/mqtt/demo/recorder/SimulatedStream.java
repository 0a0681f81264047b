package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.event.StreamName;

/**
 * A stream in the recorder's settings.
 *
 * @param url of its camera
 * @param detector of its pictures, {@code ""} for none
 * @param enabled whether the recorder is to record it
 */
public record SimulatedStream(StreamName name, String url, String detector, boolean enabled, Condition condition) {

    /** The condition of a stream. */
    public enum Condition {
        /** Does not run, and is not in {@code /api/health}. */
        STOPPED,
        UP,
        /** Runs, with trouble. */
        DEGRADED,
        /** Should run, but has no picture. */
        DOWN
    }

    private static final String EXTERNAL_DETECTOR = "api-detection";

    /** An enabled stream with a detector that is up. */
    public static SimulatedStream running(String name) {
        return new SimulatedStream(new StreamName(name), cameraOf(name), EXTERNAL_DETECTOR, true, Condition.UP);
    }

    /** An enabled stream without a detector that does not run. */
    public static SimulatedStream stopped(String name) {
        return new SimulatedStream(new StreamName(name), cameraOf(name), "", true, Condition.STOPPED);
    }

    SimulatedStream named(StreamName other) {
        return new SimulatedStream(other, url, detector, enabled, condition);
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
     * The status in the list of streams and in answers with detections. It is not to be trusted: the real recorder was seen to
     * answer {@code Error} for streams that are up.
     */
    String unreliableStatus() {
        return isRunning() ? "Error" : "Stopped";
    }

    private static String cameraOf(String name) {
        return "rtsp://127.0.0.1:18554/" + name;
    }
}
