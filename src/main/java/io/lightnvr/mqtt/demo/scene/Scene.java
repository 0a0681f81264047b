package io.lightnvr.mqtt.demo.scene;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.scene.Actor.Stop;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a camera may see happen. Each scene makes sense backwards, too: somebody picks the package up. */
enum Scene {
    /** Somebody walks to the door, waits there and leaves. */
    CALLER(person(at(0, 0.08, 0.62), at(4, 0.66, 0.55), at(8, 0.66, 0.55), at(11, 0.92, 0.62))),
    /** The same, and a package stays behind for a while. */
    DELIVERY(
            person(at(0, 0.08, 0.62), at(4, 0.66, 0.55), at(7, 0.66, 0.55), at(11, 0.08, 0.62)),
            actor("package", 0.66, 0.09, 0.08, at(5, 0.58, 0.82), at(15, 0.58, 0.82))),
    /** Somebody walks a dog past. */
    DOG_WALK(
            person(at(0, 0.08, 0.6), at(7, 0.92, 0.6)),
            actor("dog", 0.78, 0.14, 0.13, at(1, 0.1, 0.78), at(8, 0.93, 0.78))),
    /** A car drives up from the street, stays a moment and drives on. */
    CAR(actor("car", 0.88, 0.36, 0.26, at(0, 0.18, 0.24), at(3, 0.5, 0.6), at(8, 0.5, 0.6), at(11, 0.82, 0.24))),
    /** A cat crosses and sits down on the way. */
    CAT(actor("cat", 0.72, 0.11, 0.09, at(0, 0.06, 0.8), at(4, 0.4, 0.7), at(7, 0.4, 0.7), at(11, 0.94, 0.65))),
    /** A dog runs about. */
    DOG(actor("dog", 0.8, 0.15, 0.14, at(0, 0.08, 0.7), at(3, 0.7, 0.8), at(5, 0.3, 0.65), at(8, 0.92, 0.75))),
    /** Nothing but wind in a bush, which a motion detector reports as the whole picture and one square of it. */
    WIND(
            actor("motion", 0.7, 1, 1, at(0, 0.5, 0.5), at(3, 0.5, 0.5)),
            actor("motion", 0.52, 1 / 3.0, 1 / 6.0, at(0, 0.5, 0.75), at(3, 0.5, 0.75)));

    private static final double MOST_ERROR = 0.05;

    private final List<Actor> actors;

    Scene(Actor... actors) {
        this.actors = List.of(actors);
    }

    /** In seconds. */
    double duration() {
        return actors.stream().mapToDouble(Actor::leaves).max().orElseThrow();
    }

    /** The detector's rows at a moment, in seconds since the scene began. */
    List<SimulatedRow> seenAt(double second, RandomGenerator random) {
        return actors.stream()
                .map(actor -> actor.seenAt(second, random.nextDouble(-MOST_ERROR, MOST_ERROR)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Actor person(Stop... stops) {
        return actor("person", 0.9, 0.16, 0.48, stops);
    }

    private static Actor actor(String label, double confidence, double width, double height, Stop... stops) {
        return new Actor(label, confidence, width, height, List.of(stops));
    }

    private static Stop at(double second, double x, double y) {
        return new Stop(second, x, y);
    }
}
