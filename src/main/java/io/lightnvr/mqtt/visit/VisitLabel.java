package io.lightnvr.mqtt.visit;

/**
 * What a visit has of one label.
 *
 * @param most how many there were at once, in one event, from 1 up
 * @param confidence the best, 0 to 1
 */
public record VisitLabel(int most, float confidence) {

    VisitLabel and(VisitLabel other) {
        return new VisitLabel(Math.max(most, other.most), Math.max(confidence, other.confidence));
    }
}
