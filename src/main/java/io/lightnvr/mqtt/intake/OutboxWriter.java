package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.DetectionFilter;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.publish.Rendered;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.visit.Alerts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Filters and renders the events of a stream, and stores them in one transaction with the checkpoint and with the reports of the
 * visits to which they belong. Thread-safe.
 */
final class OutboxWriter {

    private final DetectionFilter filter;
    private final EventRenderer renderer;
    private final Store store;
    private final StatusBoard board;
    private final IntakeListener listener;
    private final Optional<Visits> visits;
    private final VisitClock visitClock;
    private final Map<StreamName, Object> locks = new ConcurrentHashMap<>();

    /**
     * What was stored.
     *
     * @param events those that the user wants
     * @param found how many detections are new, wanted or not
     * @param more whether to poll at once
     */
    record Stored(List<DetectionEvent> events, int found, boolean more) {}

    /**
     * @param visits follows the visits, if the user wants that
     * @param scheduler ends visits and sends their updates
     */
    OutboxWriter(
            DetectionFilter filter,
            EventRenderer renderer,
            Store store,
            StatusBoard board,
            IntakeListener listener,
            Optional<Visits> visits,
            Scheduler scheduler) {
        this.filter = filter;
        this.renderer = renderer;
        this.store = store;
        this.board = board;
        this.listener = listener;
        this.visits = visits;
        this.visitClock = new VisitClock(scheduler, this::letVisitsPass);
        visits.ifPresent(known -> known.streams().forEach(visitClock::wake));
    }

    /** Whether the outbox has room for what may as well wait at the recorder. */
    boolean hasRoom() {
        return store.hasRoom();
    }

    /**
     * Stores what was found in a stream, while nothing else is stored of that stream. The source forgets the events only
     * afterwards: a kill in between only finds them again.
     *
     * @param found finds what is new now
     */
    Stored write(StreamName stream, Supplier<DetectionSource.Poll> found) {
        synchronized (lock(stream)) {
            return write(stream, found.get());
        }
    }

    private Object lock(StreamName stream) {
        return locks.computeIfAbsent(stream, name -> new Object());
    }

    private Stored write(StreamName stream, DetectionSource.Poll poll) {
        List<DetectionEvent> events = poll.events().stream()
                .map(filter::apply)
                .flatMap(Optional::stream)
                .toList();
        List<RenderedEvent> rendered = events.stream().map(renderer::render).toList();
        Optional<Visits.Change> visit =
                visits.filter(any -> !events.isEmpty()).map(any -> any.detected(stream, events, rendered));
        if (visit.filter(Visits.Change::hasNewBest).isPresent()) {
            listener.bestChanged(stream);
        }
        store(stream, rendered, poll.checkpoint(), visit);
        poll.commit();
        board.seen(events);
        board.missed(poll.missed() + poll.unreadable());
        if (!events.isEmpty()) {
            listener.detected(events);
        }
        int found = poll.events().stream()
                .mapToInt(event -> event.detections().size())
                .sum();
        return new Stored(events, found, poll.more());
    }

    private void store(
            StreamName stream,
            List<RenderedEvent> events,
            Optional<Checkpoint> checkpoint,
            Optional<Visits.Change> visit) {
        List<Rendered> entries = new ArrayList<>(events);
        visit.ifPresent(change -> entries.addAll(change.rendered()));
        store.add(stream, entries, checkpoint, visit.map(Visits.Change::kept));
        visit.ifPresent(change -> {
            visits.ifPresent(all -> all.keep(stream, change));
            visitClock.wake(stream);
            tell(stream, change);
        });
    }

    private void tell(StreamName stream, Visits.Change change) {
        if (!change.reports().isEmpty()) {
            listener.visited(stream, change.reports());
        }
    }

    /** Lets what is stored of a stream go on under another name. One at a time. */
    void rename(StreamName old, StreamName renamed) {
        synchronized (lock(old)) {
            synchronized (lock(renamed)) {
                store.rename(old, renamed);
                visits.ifPresent(all -> {
                    all.rename(old, renamed);
                    store.add(renamed, List.of(), Optional.empty(), Optional.of(all.kept(renamed)));
                });
            }
        }
        visits.ifPresent(all -> visitClock.wake(renamed));
    }

    /** Tells whether alerts of a stream are on. */
    void tellAlerts(StreamName stream) {
        visits.ifPresent(all -> listener.alerts(stream, all.alerts(stream)));
    }

    /** Ends a visit that is over, sends an update that is due, and tells of recordings that can be played now. */
    private Optional<Duration> letVisitsPass(StreamName stream) throws InterruptedException {
        if (visits.isEmpty()) {
            return Optional.empty();
        }
        Visits all = visits.get();
        Optional<Clips.Found> clips = all.findClips(stream);
        synchronized (lock(stream)) {
            change(stream, all, all.passed(stream, clips));
            return all.untilDue(stream);
        }
    }

    /** Changes the alerts of a stream, as the user wants. */
    void changeAlerts(StreamName stream, UnaryOperator<Alerts> command) {
        visits.ifPresent(all -> {
            synchronized (lock(stream)) {
                change(stream, all, all.commanded(stream, command));
            }
            visitClock.wake(stream);
        });
    }

    private void change(StreamName stream, Visits all, Visits.Change change) {
        boolean areAlertsNew = !all.alerts(stream).equals(change.after().alerts());
        if (areAlertsNew || !change.reports().isEmpty()) {
            store.add(stream, change.rendered(), Optional.empty(), Optional.of(change.kept()));
        }
        all.keep(stream, change);
        if (areAlertsNew) {
            listener.alerts(stream, change.after().alerts());
        }
        tell(stream, change);
    }
}
