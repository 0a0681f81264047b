package io.lightnvr.mqtt.it;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.event.StreamName;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A running stream of a recorder, which sees what a test wants it to see. */
public final class Camera {

    private final SimulatedRecorder recorder;
    private final StreamName stream;
    private volatile CountDownLatch asked = new CountDownLatch(1);

    private Camera(SimulatedRecorder recorder, StreamName stream) {
        this.recorder = recorder;
        this.stream = stream;
    }

    /** Adds a stream without rows to a recorder. */
    public static Camera of(SimulatedRecorder recorder, String name) {
        Camera camera = new Camera(recorder, new StreamName(name));
        recorder.streams().add(SimulatedStream.running(name));
        camera.expectQuestion();
        return camera;
    }

    /** From now on {@link #awaitWatched} waits for the next bridge; the one before has ended. */
    public void expectAnotherBridge() {
        asked = new CountDownLatch(1);
        expectQuestion();
    }

    private void expectQuestion() {
        recorder.faults().raceOnce(stream, asked::countDown);
    }

    public StreamName stream() {
        return stream;
    }

    /** Waits until the bridge knows that there is nothing yet: what comes from now on is new. */
    public Camera awaitWatched() {
        try {
            if (!asked.await(Arrivals.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Nobody asked for the detections of " + stream);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while waiting for a question about " + stream, e);
        }
        return this;
    }

    /**
     * Sees a frame now.
     *
     * @return its second
     */
    public long sees(SimulatedRow... rows) {
        return sawAgo(0, rows);
    }

    /**
     * Tells now of a frame of some seconds ago.
     *
     * @return its second
     */
    public long sawAgo(long seconds, SimulatedRow... rows) {
        long second = recorder.clock().second() - seconds;
        recorder.rows().insertFrame(stream, second, rows);
        return second;
    }

    /** How often its detections were asked for. */
    long questions() {
        return recorder.requests().count("/api/detection/results/" + stream.raw());
    }
}
