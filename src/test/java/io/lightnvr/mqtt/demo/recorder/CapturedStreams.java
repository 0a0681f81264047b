package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.demo.recorder.SimulatedStream.Condition;
import io.lightnvr.mqtt.event.StreamName;

/** The streams of the recorder whose answers were captured. */
final class CapturedStreams {

    private CapturedStreams() {}

    static void addStopped(SimulatedRecorder recorder) {
        recorder.streams().add(SimulatedStream.stopped("garage-1"));
        recorder.streams().add(SimulatedStream.stopped("front_door"));
        recorder.streams()
                .add(new SimulatedStream(
                        new StreamName("Back Yard"), "rtsp://127.0.0.1:18554/by", "", true, Condition.STOPPED));
    }

    static void addRunning(SimulatedRecorder recorder) {
        recorder.streams().add(modelCamera());
        recorder.streams().add(motionCamera());
    }

    static SimulatedStream modelCamera() {
        return new SimulatedStream(
                new StreamName("apicam"), "http://127.0.0.1:18840/cam1.ts", "api-detection", true, Condition.UP);
    }

    static SimulatedStream motionCamera() {
        return new SimulatedStream(
                new StreamName("drive.way"), "http://127.0.0.1:18840/cam2.ts", "motion", true, Condition.UP);
    }
}
