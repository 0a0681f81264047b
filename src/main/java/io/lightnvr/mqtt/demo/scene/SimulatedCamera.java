package io.lightnvr.mqtt.demo.scene;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A camera whose detector looks at one picture per second. Scenes differ in their tempo and direction. For one thread. */
final class SimulatedCamera {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final double MILLIS = 1_000;

    private final Place place;
    private final RandomGenerator random;
    private final double quietPerScene;
    private Instant nextPicture;
    private Instant sceneBegins;
    private Scene scene;
    private double tempo;
    private boolean backwards;

    /**
     * @param firstScene when its first scene begins; it may have begun before the first picture
     * @param busy in which part of the time something happens, above 0 and below 1
     */
    SimulatedCamera(Place place, RandomGenerator random, Instant firstPicture, Instant firstScene, double busy) {
        this.place = place;
        this.random = random;
        this.quietPerScene = (1 - busy) / busy;
        this.nextPicture = firstPicture;
        plan(place.programme().get(0), firstScene);
    }

    Place place() {
        return place;
    }

    /** What its detector has found since the last call. */
    List<Frame> until(Instant now) {
        List<Frame> frames = new ArrayList<>();
        for (Instant found = found(); !found.isAfter(now); found = found()) {
            List<SimulatedRow> rows = rows();
            if (!rows.isEmpty()) {
                frames.add(new Frame(place.stream(), nextPicture, found, rows));
            }
            nextPicture = nextPicture.plus(PERIOD);
        }
        return frames;
    }

    /** When the detector is done with the next picture. */
    private Instant found() {
        return nextPicture.plus(place.detectorTakes());
    }

    private List<SimulatedRow> rows() {
        double second = Duration.between(sceneBegins, nextPicture).toMillis() / MILLIS * tempo;
        if (second > scene.duration()) {
            double quiet = scene.duration() * quietPerScene * random.nextDouble(0.5, 1.5);
            List<Scene> programme = place.programme();
            plan(programme.get(random.nextInt(programme.size())), nextPicture.plusMillis(Math.round(quiet * MILLIS)));
            return List.of();
        }
        return scene.seenAt(backwards ? scene.duration() - second : second, random);
    }

    private void plan(Scene next, Instant begins) {
        scene = next;
        sceneBegins = begins;
        tempo = random.nextDouble(0.8, 1.25);
        backwards = random.nextBoolean();
    }
}
