package io.lightnvr.mqtt.visit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether visits of a stream alert: not while alerts are off or snoozed, and not if a visit of the same type did shortly before.
 * Immutable; all times are of the bridge's clock. A time that lies ahead after that clock was set back counts as over.
 *
 * @param off whether alerts are switched off until they are switched on
 * @param snoozedUntil when a snooze ends
 * @param pause how long a visit keeps others of its type quiet, if the user chose that for this stream
 * @param last the last visit of each type that alerted
 * @param current what was decided of the newest visit, by its type; it holds until the visit has another type
 */
public record Alerts(
        boolean off,
        Optional<Instant> snoozedUntil,
        Optional<Duration> pause,
        Map<String, Alerted> last,
        Optional<Decision> current) {

    /** Alerts are on, and nothing has alerted yet. */
    public static final Alerts ON = new Alerts(false, Optional.empty(), Optional.empty(), Map.of(), Optional.empty());

    /** The longest snooze and the longest pause. */
    public static final Duration LONGEST = Duration.ofDays(7);

    /**
     * A visit that alerted.
     *
     * @param at when it did so first
     */
    public record Alerted(String visitId, Instant at) {}

    /**
     * What becomes of a visit that has a type.
     *
     * @param isQuiet whether another visit of the type keeps it quiet
     */
    public record Decision(String visitId, String type, boolean isQuiet) {}

    public Alerts {
        last = Map.copyOf(last);
    }

    /** Returns whether alerts are on at a time. */
    public boolean isOn(Instant now) {
        return !off && !isSnoozed(now);
    }

    private boolean isSnoozed(Instant now) {
        return snoozedUntil
                .filter(until -> now.isBefore(until) && !until.isAfter(now.plus(LONGEST)))
                .isPresent();
    }

    /** Alerts switched on, which ends a snooze, or off. */
    public Alerts switched(boolean on) {
        return new Alerts(!on, Optional.empty(), pause, last, current);
    }

    /** Alerts snoozed; they come back by themselves. */
    public Alerts snoozed(Instant until) {
        return new Alerts(false, Optional.of(until), pause, last, current);
    }

    /** Alerts with another pause. */
    public Alerts paused(Duration other) {
        return new Alerts(off, snoozedUntil, Optional.of(other), last, current);
    }

    /** Alerts without a snooze that is over. */
    public Alerts at(Instant now) {
        return snoozedUntil.isEmpty() || isSnoozed(now)
                ? this
                : new Alerts(off, Optional.empty(), pause, last, current);
    }

    /**
     * Decides about a visit when it has a type for the first time.
     *
     * @param usual the pause unless the user chose one for this stream
     */
    public Alerts decided(String visitId, String type, Duration usual, Instant now) {
        Decision known = current.filter(
                        made -> made.visitId().equals(visitId) && made.type().equals(type))
                .orElseGet(() -> new Decision(visitId, type, isQuietedAt(now, type, pause.orElse(usual))));
        Map<String, Alerted> all = new TreeMap<>(last);
        if (!known.isQuiet() && isOn(now) && !isLast(visitId, type)) {
            all.put(type, new Alerted(visitId, now));
        }
        return new Alerts(off, snoozedUntil, pause, all, Optional.of(known));
    }

    private boolean isQuietedAt(Instant now, String type, Duration time) {
        Alerted before = last.get(type);
        return before != null
                && before.at().isAfter(now.minus(time))
                && !before.at().isAfter(now);
    }

    private boolean isLast(String visitId, String type) {
        return last.containsKey(type) && last.get(type).visitId().equals(visitId);
    }

    /** Returns whether the visit alerts that was decided about last. */
    public boolean isAlert(Instant now) {
        return isOn(now) && current.filter(made -> !made.isQuiet()).isPresent();
    }
}
