package io.lightnvr.mqtt.demo.scene;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Those who come together and leave together.
 *
 * @param actors at least one
 */
record Visit(List<Actor> actors) {

    Visit {
        actors = List.copyOf(actors);
    }

    static Visit of(Actor... actors) {
        return new Visit(List.of(actors));
    }

    /** In seconds. */
    double duration() {
        return actors.stream().mapToDouble(Actor::leaves).max().orElseThrow();
    }

    /** What the detector says at a moment, in seconds since the visit began. */
    List<SimulatedRow> seenAt(double seconds, RandomGenerator random) {
        return actors.stream()
                .map(actor -> actor.seenAt(seconds, random.nextDouble(-1, 1)))
                .flatMap(Optional::stream)
                .toList();
    }
}
