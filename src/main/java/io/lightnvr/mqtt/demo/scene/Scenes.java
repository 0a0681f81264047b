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
 * give the same, however often it is asked. One thread only.
 */
public final class Scenes {

    private static final double BUSY = 0.25;
    private static final double MOST_BUSY = 0.6;
    private static final Duration ALREADY_THERE = Duration.ofMillis(-2_500);
    private static final Duration BETWEEN_FIRST_VISITS = Duration.ofMillis(1_700);
    private static final int PHASE_MILLIS = 230;
    private static final int SECOND_MILLIS = 1_000;

    private final List<Place> places;
    private final List<SimulatedCamera> cameras;

    /**
     * @param cameras how many, at least 1
     * @param begin when the first camera's first picture is taken, with somebody in it
     */
    public Scenes(long seed, int cameras, Instant begin) {
        if (cameras < 1) {
            throw new IllegalArgumentException("There must be at least 1 camera, not " + cameras);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double busy = Math.min(MOST_BUSY, Math.max(BUSY, 1.0 / cameras));
        this.places = IntStream.range(0, cameras).mapToObj(Place::number).toList();
        this.cameras = IntStream.range(0, cameras)
                .mapToObj(number -> camera(number, random.split(), begin, busy))
                .toList();
    }

    /** The streams, each once. */
    public List<StreamName> streams() {
        return places.stream().map(Place::stream).toList();
    }

    /** The zones of a stream; none for one that is not there. */
    public List<SimulatedZone> zones(StreamName stream) {
        return places.stream()
                .filter(place -> place.stream().equals(stream))
                .flatMap(place -> place.zones().stream())
                .toList();
    }

    /** What was found since the last call, in the order in which it was found. */
    public List<Frame> until(Instant now) {
        return cameras.stream()
                .flatMap(camera -> camera.until(now).stream())
                .sorted(Comparator.comparing(Frame::found))
                .toList();
    }

    private SimulatedCamera camera(int number, SplittableRandom random, Instant begin, double busy) {
        Instant firstPicture = begin.plusMillis((long) number * PHASE_MILLIS % SECOND_MILLIS);
        Instant firstVisit = begin.plus(ALREADY_THERE).plus(BETWEEN_FIRST_VISITS.multipliedBy(number));
        return new SimulatedCamera(places.get(number), random, firstPicture, firstVisit, busy);
    }
}
