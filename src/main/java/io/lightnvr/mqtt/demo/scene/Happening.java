package io.lightnvr.mqtt.demo.scene;

import java.util.function.Function;
import java.util.random.RandomGenerator;

/** What may happen in front of a camera; each time it is a little different. */
enum Happening {
    /** Somebody walks to the door, waits there and leaves. */
    CALLER(random -> Visit.of(caller(random))),
    /** The same, and a package stays behind for a while. */
    DELIVERY(Happening::delivery),
    /** Somebody walks a dog past. */
    DOG_WALK(Happening::dogWalk),
    /** A car drives up from the street, stays a moment and drives on. */
    CAR(Happening::car),
    /** A cat crosses and sits down on the way. */
    CAT(random -> Visit.of(stroller("cat", 0.11, 0.09, 0.72, random))),
    /** A dog runs about. */
    DOG(random -> Visit.of(stroller("dog", 0.15, 0.14, 0.8, random))),
    /** Nothing but wind in a bush. */
    WIND(Happening::wind);

    private static final double DOOR_X = 0.66;
    private static final double DOOR_Y = 0.55;

    private final Function<RandomGenerator, Visit> plan;

    Happening(Function<RandomGenerator, Visit> plan) {
        this.plan = plan;
    }

    Visit plan(RandomGenerator random) {
        return plan.apply(random);
    }

    private static Actor caller(RandomGenerator random) {
        Path path = Path.startingAt(side(random), 0.62, 0.85)
                .to(DOOR_X, DOOR_Y, 1, random.nextDouble(4, 6))
                .waiting(random.nextDouble(3, 6))
                .to(side(random), 0.62, 0.85, random.nextDouble(4, 6));
        return person(path, random);
    }

    private static Visit delivery(RandomGenerator random) {
        Actor courier = caller(random);
        double arrival = courier.path().stops().get(1).seconds();
        double stays = courier.leaves() - arrival + random.nextDouble(2, 8);
        Path onTheStep = Path.startingAt(DOOR_X - 0.08, 0.82, 1).waiting(stays);
        return Visit.of(courier, new Actor("package", 0.09, 0.08, 0.66, arrival + 1, onTheStep));
    }

    private static Visit dogWalk(RandomGenerator random) {
        double seconds = random.nextDouble(7, 10);
        Path person = Path.startingAt(-0.1, 0.6, 0.9).to(1.1, 0.6, 0.9, seconds);
        Path dog = Path.startingAt(-0.1, 0.78, 0.9).to(1.1, 0.78, 0.9, seconds);
        return Visit.of(person(person, random), new Actor("dog", 0.14, 0.13, 0.78, 0.6, dog));
    }

    private static Visit car(RandomGenerator random) {
        Path path = Path.startingAt(-0.2, 0.24, 0.6)
                .to(0.5, 0.6, 1, random.nextDouble(3, 5))
                .waiting(random.nextDouble(4, 9))
                .to(1.2, 0.24, 0.6, random.nextDouble(3, 5));
        return Visit.of(new Actor("car", 0.36, 0.26, random.nextDouble(0.85, 0.92), 0, path));
    }

    private static Actor stroller(
            String label, double width, double height, double confidence, RandomGenerator random) {
        double from = side(random);
        double ground = random.nextDouble(0.6, 0.85);
        Path path = Path.startingAt(from, ground, 1)
                .to(random.nextDouble(0.3, 0.7), random.nextDouble(0.6, 0.85), 1, random.nextDouble(3, 5))
                .waiting(random.nextDouble(1, 4))
                .to(1 - from, random.nextDouble(0.6, 0.85), 1, random.nextDouble(3, 5));
        return new Actor(label, width, height, confidence, 0, path);
    }

    private static Visit wind(RandomGenerator random) {
        double seconds = random.nextDouble(2, 4);
        Path everywhere = Path.startingAt(0.5, 0.5, 1).waiting(seconds);
        Path bush = Path.startingAt(random.nextInt(3) / 3.0 + 1 / 6.0, 0.75, 1).waiting(seconds);
        return Visit.of(
                new Actor("motion", 1, 1, 0.7, 0, everywhere), new Actor("motion", 1 / 3.0, 1 / 6.0, 0.52, 0, bush));
    }

    private static Actor person(Path path, RandomGenerator random) {
        return new Actor("person", 0.16, 0.48, random.nextDouble(0.86, 0.94), 0, path);
    }

    /** Just outside the picture, left or right. */
    private static double side(RandomGenerator random) {
        return random.nextBoolean() ? -0.1 : 1.1;
    }
}
