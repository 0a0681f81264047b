package io.lightnvr.mqtt.demo.scene;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Plays scenes in front of a simulated recorder's cameras, in real time, on one daemon thread. Nothing happens until a client
 * has asked for every stream: a bridge does not publish the detections that it finds in its first poll.
 */
public final class SceneRunner implements AutoCloseable {

    private static final String RESULTS = "/api/detection/results/";
    private static final long STEP_MILLIS = 20;

    /** A camera's detector looks once in a second. */
    private static final Duration SEEN_FOR = Duration.ofMillis(1_500);

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    private final SimulatedRecorder recorder;
    private final long seed;
    private final List<StreamName> streams;
    private final Map<StreamName, Frame> newest = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "scenes");

    private SceneRunner(SimulatedRecorder recorder, long seed, List<StreamName> streams) {
        this.recorder = recorder;
        this.seed = seed;
        this.streams = streams;
        thread.setDaemon(true);
    }

    /**
     * Adds the streams and zones to a recorder.
     *
     * @param cameras how many, at least 1
     */
    public static SceneRunner open(SimulatedRecorder recorder, long seed, int cameras) {
        Scenes scenes = new Scenes(seed, cameras, recorder.clock().instant());
        scenes.streams().forEach(stream -> {
            recorder.streams().add(SimulatedStream.running(stream.raw()));
            recorder.streams().setZones(stream, scenes.zones(stream).toArray(SimulatedZone[]::new));
        });
        recorder.streams().change(scenes.streams().get(0), settings -> settings.turningTo("Door", "Path"));
        return new SceneRunner(recorder, seed, scenes.streams());
    }

    /** What a camera sees now, as a JPEG. */
    public byte[] picture(StreamName stream) {
        Instant now = recorder.clock().instant();
        List<SimulatedRow> things = Optional.ofNullable(newest.get(stream))
                .filter(frame -> frame.found().plus(SEEN_FOR).isAfter(now))
                .map(Frame::rows)
                .orElse(List.of());
        return CameraPicture.jpeg(Math.max(0, streams.indexOf(stream)), things);
    }

    /** Begins as soon as every stream was asked for once, with the first detection. */
    public void beginWhenWatched() {
        thread.start();
    }

    /** Ends the scenes; nothing is inserted after this returns. */
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
            while (!isWatched()) {
                if (closed.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            Scenes scenes = new Scenes(seed, streams.size(), recorder.clock().instant());
            do {
                scenes.until(recorder.clock().instant()).forEach(this::insert);
            } while (!closed.await(STEP_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isWatched() {
        return recorder.requests().pathsBelow(RESULTS) >= streams.size();
    }

    private void insert(Frame frame) {
        if (!recorder.looksAt(frame.stream())) {
            return;
        }
        newest.put(frame.stream(), frame);
        recorder.rows().insertFrame(frame.stream(), frame.second(), frame.rows().toArray(SimulatedRow[]::new));
    }
}
