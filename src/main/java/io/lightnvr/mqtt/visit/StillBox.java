package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import java.time.Duration;
import java.time.Instant;

/**
 * A place where something was seen that stands still, or may turn out to do so.
 *
 * @param label its class
 * @param box its place when it was first seen there
 * @param first when it was first seen there, on the bridge's clock
 * @param seen when it was last seen there, on the bridge's clock
 * @param sightings in how many events it was seen there, from 1 to {@value #ENOUGH}, which stands for any more
 */
record StillBox(String label, Box box, Instant first, Instant seen, int sightings) {

    static final int ENOUGH = 3;

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    /** What does not stand still yet has gone by then: who comes to the same place afterwards is somebody new. */
    private static final Duration GONE_AFTER = Duration.ofSeconds(60);

    private static final double SAME = 0.8;
    private static final double NOT_MOVED = 0.6;
    private static final float WHOLE = 0.99f;

    static StillBox of(Detection detection, Instant happened) {
        return new StillBox(detection.label(), detection.box(), happened, happened, 1);
    }

    /** Whether a box is a place: not the whole picture, and not empty. */
    static boolean isPlace(Box box) {
        boolean whole = box.width() >= WHOLE && box.height() >= WHOLE;
        return !whole && box.width() > 0 && box.height() > 0;
    }

    boolean isStill() {
        return sightings >= ENOUGH && Duration.between(first, seen).compareTo(LONG_ENOUGH) >= 0;
    }

    /** Whether a detection is what is here; what stands still may be a little off. */
    boolean matches(Detection detection) {
        return label.equals(detection.label()) && overlap(detection.box()) >= (isStill() ? NOT_MOVED : SAME);
    }

    /** The intersection over union with another box, 0 to 1. */
    double overlap(Box other) {
        double width = shared(box.x(), box.width(), other.x(), other.width());
        double height = shared(box.y(), box.height(), other.y(), other.height());
        double intersection = width * height;
        return intersection / (area(box) + area(other) - intersection);
    }

    StillBox seenAgain(Instant happened) {
        Instant later = happened.isAfter(seen) ? happened : seen;
        return new StillBox(label, box, first, later, Math.min(sightings + 1, ENOUGH));
    }

    /** This box on a clock that may have been set back: it was not seen ahead of now. */
    StillBox at(Instant now) {
        return seen.isAfter(now)
                ? new StillBox(label, box, first.minus(Duration.between(now, seen)), now, sightings)
                : this;
    }

    /** This box as if it were seen now, if it stands still. */
    StillBox resumed(Instant now) {
        return isStill() && now.isAfter(seen) ? new StillBox(label, box, first, now, sightings) : this;
    }

    boolean isForgotten(Instant now) {
        Duration unseen = Duration.between(seen, now);
        return isStill() ? unseen.compareTo(FORGOTTEN_AFTER) >= 0 : unseen.compareTo(GONE_AFTER) > 0;
    }

    private static double shared(double from, double length, double otherFrom, double otherLength) {
        return Math.max(0, Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom));
    }

    private static double area(Box box) {
        return (double) box.width() * box.height();
    }
}
