package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.DetectionFilter;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Filters and renders the events of a stream, and stores them in one transaction with the checkpoint. Thread-safe. */
final class OutboxWriter {

    private final DetectionFilter filter;
    private final EventRenderer renderer;
    private final Store store;
    private final StatusBoard board;
    private final IntakeListener listener;
    private final Map<StreamName, Object> locks = new ConcurrentHashMap<>();

    /**
     * What was stored.
     *
     * @param events those that the user wants
     * @param found how many detections are new, wanted or not
     * @param more whether to poll at once
     */
    record Stored(List<DetectionEvent> events, int found, boolean more) {}

    OutboxWriter(
            DetectionFilter filter, EventRenderer renderer, Store store, StatusBoard board, IntakeListener listener) {
        this.filter = filter;
        this.renderer = renderer;
        this.store = store;
        this.board = board;
        this.listener = listener;
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
        synchronized (locks.computeIfAbsent(stream, name -> new Object())) {
            return write(stream, found.get());
        }
    }

    private Stored write(StreamName stream, DetectionSource.Poll poll) {
        List<DetectionEvent> events = poll.events().stream()
                .map(filter::apply)
                .flatMap(Optional::stream)
                .toList();
        store.add(stream, events.stream().map(renderer::render).toList(), poll.checkpoint());
        poll.commit();
        board.seen(events.size());
        board.missed(poll.missed() + poll.unreadable());
        if (!events.isEmpty()) {
            listener.detected(events);
        }
        int found = poll.events().stream()
                .mapToInt(event -> event.detections().size())
                .sum();
        return new Stored(events, found, poll.more());
    }
}
