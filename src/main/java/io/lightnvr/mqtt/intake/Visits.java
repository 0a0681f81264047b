package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.publish.RenderedVisit;
import io.lightnvr.mqtt.publish.VisitRenderer;
import io.lightnvr.mqtt.visit.Alerts;
import io.lightnvr.mqtt.visit.AwaitedClips;
import io.lightnvr.mqtt.visit.Span;
import io.lightnvr.mqtt.visit.Step;
import io.lightnvr.mqtt.visit.VisitMemory;
import io.lightnvr.mqtt.visit.VisitMemoryCodec;
import io.lightnvr.mqtt.visit.VisitReport;
import io.lightnvr.mqtt.visit.VisitRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Follows the visits of all streams: what {@link OutboxWriter} stores, and what passes by time. A {@link Change} counts once it
 * is {@link #keep kept}, which is after it is stored. Thread-safe, as long as one thread at a time works on a stream.
 */
final class Visits {

    private final VisitRules rules;
    private final VisitRenderer renderer;
    private final Duration cooldown;
    private final Clips clips;
    private final Clock clock;
    private final Map<StreamName, VisitMemory> memories = new HashMap<>();

    /**
     * What becomes of the visits of a stream.
     *
     * @param rendered the reports as they are published
     * @param hasNewBest whether the open visit has a better detection than before
     */
    record Change(VisitMemory after, List<VisitReport> reports, List<RenderedVisit> rendered, boolean hasNewBest) {

        private static Change of(VisitMemory before, VisitMemory after, Reports reports) {
            Optional<String> best = after.visits().bestEvent();
            boolean isNew = best.isPresent() && !best.equals(before.visits().bestEvent());
            return new Change(after, reports.all, reports.rendered, isNew);
        }

        /** What is to be stored with the reports. */
        byte[] kept() {
            return VisitMemoryCodec.write(after);
        }
    }

    /** The reports so far. */
    private static final class Reports {

        private final List<VisitReport> all = new ArrayList<>();
        private final List<RenderedVisit> rendered = new ArrayList<>();
    }

    /**
     * @param cooldown how long a visit keeps others of its type from alerting
     * @param clips where the recordings of visits are found
     * @param clock the time by which events grow old
     * @param kept what the store has kept of each stream; what is damaged begins anew
     */
    Visits(
            VisitRules rules,
            VisitRenderer renderer,
            Duration cooldown,
            Clips clips,
            Clock clock,
            Map<StreamName, byte[]> kept) {
        this.rules = rules;
        this.renderer = renderer;
        this.cooldown = cooldown;
        this.clips = clips;
        this.clock = clock;
        kept.forEach((stream, bytes) -> VisitMemoryCodec.read(bytes)
                .map(memory -> memory.resumed(clock.instant()))
                .map(memory -> clips.areWanted() ? memory : memory.with(AwaitedClips.NONE))
                .ifPresent(memory -> memories.put(stream, memory)));
    }

    /** The streams of which something is kept. */
    synchronized Set<StreamName> streams() {
        return Set.copyOf(memories.keySet());
    }

    /** The ids of the visits that are open. */
    synchronized Set<String> open() {
        return memories.values().stream()
                .flatMap(memory -> memory.visits().openId().stream())
                .collect(Collectors.toSet());
    }

    /** What events change, which are in the order in which they are published. */
    Change detected(StreamName stream, List<DetectionEvent> events, List<RenderedEvent> rendered) {
        Instant now = clock.instant();
        VisitMemory before = memory(stream);
        VisitMemory memory = before;
        Reports reports = new Reports();
        for (int i = 0; i < events.size(); i++) {
            Step step = rules.detected(
                    memory.visits(), events.get(i), rendered.get(i).eventId(), now);
            memory = report(memory, step, Optional.empty(), reports, now);
        }
        return Change.of(before, memory, reports);
    }

    /** Asks for recordings, if a visit of a stream wants one now; waits 5 s at most for the answer. */
    Optional<Clips.Found> findClips(StreamName stream) throws InterruptedException {
        Instant now = clock.instant();
        Optional<Span> wanted = clips.areWanted() ? memory(stream).at(now).clipsWanted(now) : Optional.empty();
        return wanted.isPresent() ? Optional.of(clips.ask(stream, wanted.get())) : Optional.empty();
    }

    /**
     * What the passing of time changes.
     *
     * @param found the recordings, if the recorder was asked just now
     */
    Change passed(StreamName stream, Optional<Clips.Found> found) {
        Instant now = clock.instant();
        VisitMemory before = memory(stream);
        VisitMemory memory = before.at(now);
        Reports reports = new Reports();
        VisitMemory after = report(memory, rules.pass(memory.visits(), now), found, reports, now);
        if (found.isPresent()) {
            after = reportClips(after, found.get(), reports, now);
        }
        return Change.of(before, after, reports);
    }

    /** What a user changes of the alerts of a stream. */
    Change commanded(StreamName stream, UnaryOperator<Alerts> command) {
        VisitMemory memory = memory(stream);
        return Change.of(memory, memory.with(command.apply(memory.alerts())), new Reports());
    }

    private VisitMemory report(
            VisitMemory memory, Step step, Optional<Clips.Found> found, Reports reports, Instant now) {
        Alerts alerts = memory.alerts();
        AwaitedClips awaited = memory.clips();
        for (VisitReport report : step.reports()) {
            alerts = alerts.decided(report.visitId(), report.eventType(), cooldown, now);
            boolean isEnd = report.type() == VisitReport.Type.END;
            Optional<String> clip = isEnd ? found.flatMap(some -> some.of(report)) : Optional.empty();
            tell(clip.map(report::with).orElse(report), alerts.isAlert(now), reports, now);
            if (isEnd && clip.isEmpty() && clips.areWanted()) {
                awaited = awaited.and(report, alerts.isAlert(now), now);
            }
        }
        return new VisitMemory(step.after(), alerts, awaited);
    }

    private VisitMemory reportClips(VisitMemory memory, Clips.Found found, Reports reports, Instant now) {
        List<AwaitedClips.Ended> there = new ArrayList<>();
        for (AwaitedClips.Ended visit : memory.clips().visits()) {
            found.of(visit.report()).ifPresent(clip -> {
                boolean isAlert = visit.isAlert() && memory.alerts().isOn(now);
                tell(visit.report().followedBy(clip), isAlert, reports, now);
                there.add(visit);
            });
        }
        return memory.with(memory.clips().without(there).askedAt(now));
    }

    private void tell(VisitReport report, boolean isAlert, Reports reports, Instant now) {
        reports.all.add(report);
        reports.rendered.addAll(renderer.render(report, isAlert, now));
    }

    /** What is to be stored of a stream. */
    synchronized byte[] kept(StreamName stream) {
        return VisitMemoryCodec.write(memory(stream));
    }

    /** Takes over a change that is stored. */
    synchronized void keep(StreamName stream, Change change) {
        memories.put(stream, change.after());
    }

    /** Lets a stream go on under another name, with its open visit. */
    synchronized void rename(StreamName old, StreamName renamed) {
        Optional.ofNullable(memories.remove(old)).ifPresent(memory -> memories.put(renamed, memory.renamed(renamed)));
    }

    /** Whether alerts of a stream are on, and how long its pause is. */
    synchronized Alerts alerts(StreamName stream) {
        return memory(stream).alerts();
    }

    /** How long until {@link #passed} changes something of a stream. */
    synchronized Optional<Duration> untilDue(StreamName stream) {
        Instant now = clock.instant();
        VisitMemory memory = memory(stream);
        return Stream.of(
                        memory.visits().nextDue(),
                        memory.alerts().snoozedUntil(),
                        memory.clips().nextDue(now))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .map(first -> first.isBefore(now) ? Duration.ZERO : Duration.between(now, first));
    }

    private synchronized VisitMemory memory(StreamName stream) {
        return memories.getOrDefault(stream, VisitMemory.NONE);
    }
}
