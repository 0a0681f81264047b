package io.lightnvr.mqtt.demo.scene;

import java.util.ArrayList;
import java.util.List;

/**
 * How something moves through the picture: from stop to stop, slowly at both ends of each leg.
 *
 * @param stops in the order of their times, at least one
 */
record Path(List<Stop> stops) {

    Path {
        stops = List.copyOf(stops);
    }

    /**
     * Where something is at a moment.
     *
     * @param seconds since the path began
     * @param x of its centre, in parts of the picture; below 0 and above 1 is outside
     * @param y of its centre
     * @param scale how large it is, 1 for its usual size; less is farther away
     */
    record Stop(double seconds, double x, double y, double scale) {}

    static Path startingAt(double x, double y, double scale) {
        return new Path(List.of(new Stop(0, x, y, scale)));
    }

    Path to(double x, double y, double scale, double inSeconds) {
        List<Stop> longer = new ArrayList<>(stops);
        longer.add(new Stop(duration() + inSeconds, x, y, scale));
        return new Path(longer);
    }

    Path waiting(double forSeconds) {
        Stop last = last();
        return to(last.x(), last.y(), last.scale(), forSeconds);
    }

    /** In seconds. */
    double duration() {
        return last().seconds();
    }

    /** Where it is; before the first stop it is at the first, after the last at the last. */
    Stop at(double seconds) {
        double moment = Math.max(0, seconds);
        Stop from = stops.get(0);
        for (Stop to : stops) {
            if (moment < to.seconds()) {
                return between(from, to, moment);
            }
            from = to;
        }
        return from;
    }

    private Stop last() {
        return stops.get(stops.size() - 1);
    }

    private static Stop between(Stop from, Stop to, double seconds) {
        double part = (seconds - from.seconds()) / (to.seconds() - from.seconds());
        double eased = part * part * (3 - 2 * part);
        return new Stop(
                seconds,
                mix(from.x(), to.x(), eased),
                mix(from.y(), to.y(), eased),
                mix(from.scale(), to.scale(), eased));
    }

    private static double mix(double a, double b, double part) {
        return a + (b - a) * part;
    }
}
