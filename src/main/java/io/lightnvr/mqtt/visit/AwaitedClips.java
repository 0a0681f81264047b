package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The visits of a stream that are over, and whose recordings cannot be played yet: a recorder finishes a recording some time
 * after the visit. At most {@value #MOST} are kept, each for {@link #LONGEST}. Immutable; times are of the bridge's clock.
 *
 * @param visits the oldest first
 * @param asked when the recorder was last asked
 */
public record AwaitedClips(List<Ended> visits, Instant asked) {

    /** No visit waits. */
    public static final AwaitedClips NONE = new AwaitedClips(List.of(), Instant.EPOCH);

    /** How long a visit waits for its recording. */
    public static final Duration LONGEST = Duration.ofMinutes(20);

    static final int MOST = 32;

    private static final Duration BETWEEN = Duration.ofMinutes(1);

    /**
     * A visit that is over.
     *
     * @param report its end
     * @param isAlert whether it alerted
     * @param since when it was reported
     */
    public record Ended(VisitReport report, boolean isAlert, Instant since) {

        private boolean isPast(Instant now) {
            return !since.plus(LONGEST).isAfter(now);
        }

        private Ended at(Instant now) {
            return since.isAfter(now) ? new Ended(report, isAlert, now) : this;
        }
    }

    public AwaitedClips {
        visits = List.copyOf(visits);
    }

    /** Returns these and one more. */
    public AwaitedClips and(VisitReport end, boolean isAlert, Instant now) {
        List<Ended> all = new ArrayList<>(visits);
        all.add(new Ended(end, isAlert, now));
        return new AwaitedClips(all.subList(Math.max(0, all.size() - MOST), all.size()), asked);
    }

    /** Returns these without some that have their recordings. */
    public AwaitedClips without(List<Ended> found) {
        return new AwaitedClips(
                visits.stream().filter(visit -> !found.contains(visit)).toList(), asked);
    }

    /** Returns these at a time of the bridge's clock, which may have been set back, without those that have waited too long. */
    public AwaitedClips at(Instant now) {
        return new AwaitedClips(
                visits.stream()
                        .filter(visit -> !visit.isPast(now))
                        .map(visit -> visit.at(now))
                        .toList(),
                asked.isAfter(now) ? now : asked);
    }

    /** Returns these after the recorder was asked. */
    public AwaitedClips askedAt(Instant now) {
        return new AwaitedClips(visits, now);
    }

    /** Returns these for a stream that goes on under another name. */
    public AwaitedClips renamed(StreamName stream) {
        return new AwaitedClips(
                visits.stream()
                        .map(visit -> new Ended(visit.report().renamed(stream), visit.isAlert(), visit.since()))
                        .toList(),
                asked);
    }

    /** Returns when the recorder is to be asked again, unless no visit waits; may have passed already. */
    public Optional<Instant> nextDue(Instant now) {
        return visits.isEmpty() ? Optional.empty() : Optional.of((asked.isAfter(now) ? now : asked.plus(BETWEEN)));
    }

    /** Returns when the visits were, if the recorder is to be asked now. */
    Optional<Span> dueAt(Instant now) {
        return nextDue(now)
                .filter(due -> !due.isAfter(now))
                .flatMap(due ->
                        visits.stream().map(visit -> Span.of(visit.report())).reduce(Span::and));
    }
}
