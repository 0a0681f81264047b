package io.lightnvr.mqtt.demo.scene;

import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What the detectors of several cameras find, about one event per second over four of them. The same seed and beginning
 * give the same frames, however often they are asked for. For one thread.
 */
public final class Scenes {

    private static final double BUSY = 0.25;
    private static final double MOST_BUSY = 0.6;
    private static final Duration ALREADY_THERE = Duration.ofMillis(-2_500);
    private static final Duration BETWEEN_FIRST_SCENES = Duration.ofMillis(1_700);
    private static final int PHASE_MILLIS = 230;
    private static final int SECOND_MILLIS = 1_000;

    private final List<SimulatedCamera> cameras;

    /**
     * @param cameras how many, at least 1
     * @param begin when the first camera's first picture is taken, which shows somebody
     */
    public Scenes(long seed, int cameras, Instant begin) {
        if (cameras < 1) {
            throw new IllegalArgumentException("There must be at least 1 camera, not " + cameras);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double busy = Math.min(MOST_BUSY, Math.max(BUSY, 1.0 / cameras));
        this.cameras = IntStream.range(0, cameras)
                .mapToObj(number -> camera(number, random.split(), begin, busy))
                .toList();
    }

    /** The streams, each once. */
    public List<StreamName> streams() {
        return cameras.stream().map(camera -> camera.place().stream()).toList();
    }

    /** The zones of a stream; none for an unknown one. */
    public List<SimulatedZone> zones(StreamName stream) {
        return cameras.stream()
                .map(SimulatedCamera::place)
                .filter(place -> place.stream().equals(stream))
                .flatMap(place -> place.zones().stream())
                .toList();
    }

    /** The frames since the last call, in the order in which they were found. */
    public List<Frame> until(Instant now) {
        return cameras.stream()
                .flatMap(camera -> camera.until(now).stream())
                .sorted(Comparator.comparing(Frame::found))
                .toList();
    }

    private static SimulatedCamera camera(int number, SplittableRandom random, Instant begin, double busy) {
        Instant firstPicture = begin.plusMillis((long) number * PHASE_MILLIS % SECOND_MILLIS);
        Instant firstScene = begin.plus(ALREADY_THERE).plus(BETWEEN_FIRST_SCENES.multipliedBy(number));
        return new SimulatedCamera(Place.number(number), random, firstPicture, firstScene, busy);
    }
}
