package io.lightnvr.mqtt.demo.scene;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.util.Optional;

/**
 * Something that a detector may see.
 *
 * @param label what the detector takes it for
 * @param width at scale 1, in parts of the picture
 * @param height at scale 1
 * @param confidence how sure the detector is of all of it, 0 to 1
 * @param enters when its path begins, in seconds since the visit began
 */
record Actor(String label, double width, double height, double confidence, double enters, Path path) {

    private static final double LEAST_VISIBLE = 0.3;
    private static final double LEAST_CONFIDENCE = 0.3;
    private static final double MOST_CONFIDENCE = 0.99;
    private static final double WOBBLE = 0.05;
    private static final double LOST_WHEN_HALF_HIDDEN = 0.2;
    private static final double DECIMALS = 10_000;

    /** When its path ends, in seconds since the visit began. */
    double leaves() {
        return enters + path.duration();
    }

    /**
     * What the detector says of it, if it sees enough of it.
     *
     * @param seconds since the visit began
     * @param wobble how the detector's sureness is off at this moment, -1 to 1
     */
    Optional<SimulatedRow> seenAt(double seconds, double wobble) {
        if (seconds < enters || seconds > leaves()) {
            return Optional.empty();
        }
        Path.Stop place = path.at(seconds - enters);
        double halfWidth = width * place.scale() / 2;
        double halfHeight = height * place.scale() / 2;
        double left = inside(place.x() - halfWidth);
        double right = inside(place.x() + halfWidth);
        double top = inside(place.y() - halfHeight);
        double bottom = inside(place.y() + halfHeight);
        double visible = (right - left) * (bottom - top) / (4 * halfWidth * halfHeight);
        return visible < LEAST_VISIBLE
                ? Optional.empty()
                : Optional.of(new SimulatedRow(
                        label,
                        sureness(visible, wobble),
                        (float) left,
                        (float) top,
                        rounded(right - left),
                        rounded(bottom - top)));
    }

    private float sureness(double visible, double wobble) {
        double sure = confidence - LOST_WHEN_HALF_HIDDEN * (1 - visible) + WOBBLE * wobble;
        return rounded(Math.max(LEAST_CONFIDENCE, Math.min(MOST_CONFIDENCE, sure)));
    }

    /** A place in the picture, with the decimals that a detector gives. */
    private static double inside(double edge) {
        return Math.round(Math.max(0, Math.min(1, edge)) * DECIMALS) / DECIMALS;
    }

    private static float rounded(double number) {
        return (float) (Math.round(number * DECIMALS) / DECIMALS);
    }
}
