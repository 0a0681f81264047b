package io.lightnvr.mqtt.demo.scene;

import io.lightnvr.mqtt.demo.recorder.RecorderStream;
import io.lightnvr.mqtt.demo.recorder.RecorderZone;
import io.lightnvr.mqtt.demo.recorder.Row;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets scenes happen in front of a simulated recorder's cameras, in real time, by one daemon thread. */
public final class SceneRunner implements AutoCloseable {

    private static final long STEP_MILLIS = 20;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    private final SimulatedRecorder recorder;
    private final Scenes scenes;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "scenes");

    private SceneRunner(SimulatedRecorder recorder, Scenes scenes) {
        this.recorder = recorder;
        this.scenes = scenes;
        thread.setDaemon(true);
    }

    /**
     * Adds the streams and zones to a recorder and begins: the first detection is there at once.
     *
     * @param cameras how many, at least 1
     */
    public static SceneRunner start(SimulatedRecorder recorder, long seed, int cameras) {
        Scenes scenes = new Scenes(seed, cameras, recorder.clock().instant());
        scenes.streams().forEach(stream -> {
            recorder.streams().add(RecorderStream.running(stream.raw()));
            recorder.streams().setZones(stream, scenes.zones(stream).toArray(RecorderZone[]::new));
        });
        SceneRunner runner = new SceneRunner(recorder, scenes);
        runner.thread.start();
        return runner;
    }

    /** Ends it; when this returns nothing more is inserted. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                scenes.until(recorder.clock().instant()).forEach(this::insert);
            } while (!closed.await(STEP_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void insert(Frame frame) {
        recorder.rows().insertFrame(frame.stream(), frame.second(), frame.rows().toArray(Row[]::new));
    }
}
