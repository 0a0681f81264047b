package io.lightnvr.mqtt.visit;

/**
 * A span of time on the recorder's clock, in epoch seconds, both included.
 *
 * @param from its first second
 * @param until its last second
 */
public record Span(long from, long until) {

    /** The span of a visit that is over, by its last report. */
    public static Span of(VisitReport end) {
        return new Span(end.started(), end.ended().orElse(end.started()));
    }

    /** The least span that has this and another one. */
    Span and(Span other) {
        return new Span(Math.min(from, other.from), Math.max(until, other.until));
    }
}
