package io.lightnvr.mqtt.demo.scene;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.util.List;
import java.util.Optional;

/**
 * Something that a detector sees from its first stop to its last, always whole.
 *
 * @param label the detector's word for it
 * @param confidence the detector's usual confidence, 0 to 1
 * @param width in parts of the picture
 * @param height in parts of the picture
 * @param stops in the order of their times, at least two
 */
record Actor(String label, double confidence, double width, double height, List<Stop> stops) {

    private static final double DECIMALS = 10_000;

    Actor {
        stops = List.copyOf(stops);
    }

    /**
     * Where it is at a moment.
     *
     * @param second since the scene began
     * @param x of its centre, in parts of the picture
     * @param y of its centre
     */
    record Stop(double second, double x, double y) {}

    /** When it leaves, in seconds since the scene began. */
    double leaves() {
        return stops.get(stops.size() - 1).second();
    }

    /**
     * The detector's row, if it is there.
     *
     * @param second since the scene began
     * @param error of the detector's confidence at this moment
     */
    Optional<SimulatedRow> seenAt(double second, double error) {
        for (int i = 1; i < stops.size(); i++) {
            Stop from = stops.get(i - 1);
            Stop to = stops.get(i);
            if (from.second() <= second && second <= to.second()) {
                double part = (second - from.second()) / (to.second() - from.second());
                return Optional.of(row(mix(from.x(), to.x(), part), mix(from.y(), to.y(), part), confidence + error));
            }
        }
        return Optional.empty();
    }

    private SimulatedRow row(double x, double y, double certainty) {
        return new SimulatedRow(
                label,
                rounded(certainty),
                rounded(x - width / 2),
                rounded(y - height / 2),
                rounded(width),
                rounded(height));
    }

    private static double mix(double from, double to, double part) {
        return from + (to - from) * part;
    }

    /** As detectors round. */
    private static float rounded(double number) {
        return (float) (Math.round(number * DECIMALS) / DECIMALS);
    }
}
