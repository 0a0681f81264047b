package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.demo.recorder.RecorderStream.Condition;
import io.lightnvr.mqtt.event.StreamName;

/** The streams of the recorder whose answers were captured. */
final class CapturedStreams {

    private CapturedStreams() {}

    static void addStopped(SimulatedRecorder recorder) {
        recorder.streams().add(RecorderStream.stopped("garage-1"));
        recorder.streams().add(RecorderStream.stopped("front_door"));
        recorder.streams()
                .add(new RecorderStream(
                        new StreamName("Back Yard"), "rtsp://127.0.0.1:18554/by", "", true, Condition.STOPPED));
    }

    static void addRunning(SimulatedRecorder recorder) {
        recorder.streams().add(modelCamera());
        recorder.streams().add(motionCamera());
    }

    static RecorderStream modelCamera() {
        return new RecorderStream(
                new StreamName("apicam"), "http://127.0.0.1:18840/cam1.ts", "api-detection", true, Condition.UP);
    }

    static RecorderStream motionCamera() {
        return new RecorderStream(
                new StreamName("drive.way"), "http://127.0.0.1:18840/cam2.ts", "motion", true, Condition.UP);
    }
}
