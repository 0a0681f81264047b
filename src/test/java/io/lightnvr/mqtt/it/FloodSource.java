package io.lightnvr.mqtt.it;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Offers a {@link Flood}, page by page, as fast as it is taken. Thread-safe. */
final class FloodSource implements DetectionSource {

    private static final long PAUSE_MILLIS = 1;

    private static final int MOST_REMEMBERED = 1_000;

    private final Map<StreamName, Integer> places = new HashMap<>();
    private final Map<StreamName, SeenRows> memories = new HashMap<>();
    private final LongSupplier waiting;
    private final long most;
    private int offeredPerStream;

    /**
     * @param waiting how many events were taken and are not published yet
     * @param most above so many nothing more is offered
     */
    FloodSource(LongSupplier waiting, long most) {
        this.waiting = waiting;
        this.most = most;
        Flood.streams().forEach(stream -> {
            places.put(stream, 0);
            memories.put(stream, SeenRows.NONE);
        });
    }

    /** Offers so many events more, of all streams together. */
    synchronized void offer(int events) {
        if (events % Flood.POLLS_OF_ALL != 0) {
            throw new IllegalArgumentException(events + " events do not make full pages of all streams");
        }
        offeredPerStream += events / places.size();
        notifyAll();
    }

    @Override
    public StreamList streams() {
        return new StreamList(
                Flood.streams().stream()
                        .map(name -> new StreamList.Stream(name, true, Optional.of(List.of())))
                        .toList(),
                true);
    }

    /** Waits while there is nothing at all; a stream that is ahead of the others gets an empty page. */
    @Override
    public synchronized Poll poll(StreamName stream, boolean catchUp) throws InterruptedException {
        while (places.values().stream().allMatch(place -> place == offeredPerStream)) {
            wait();
        }
        int place = places.get(stream);
        if (place == offeredPerStream || waiting.getAsLong() > most) {
            wait(PAUSE_MILLIS);
            return page(stream, place, List.of(), memories.get(stream));
        }
        Instant now = Instant.now();
        List<DetectionEvent> events = IntStream.range(place, place + Flood.EVENTS_PER_POLL)
                .mapToObj(number -> Flood.event(stream, number, now))
                .toList();
        return page(stream, place, events, remembering(memories.get(stream), events));
    }

    /** With the rows of these events, without the oldest second where there are too many. */
    private static SeenRows remembering(SeenRows seen, List<DetectionEvent> events) {
        List<Mark> marks = new ArrayList<>();
        for (DetectionEvent event : events) {
            event.detections().forEach(row -> marks.add(new Mark(event.second(), row.hashCode())));
        }
        SeenRows more = seen.plus(marks);
        return more.size() <= MOST_REMEMBERED ? more : more.without(0, more.secondAt(more.size() - MOST_REMEMBERED));
    }

    /** Twenty rows, or none. */
    private Poll page(StreamName stream, int place, List<DetectionEvent> events, SeenRows seen) {
        int next = place + events.size();
        return new Poll(
                events,
                true,
                0,
                0,
                Optional.of(new Checkpoint("place=" + next, seen)),
                () -> commit(stream, next, seen));
    }

    private synchronized void commit(StreamName stream, int next, SeenRows seen) {
        places.put(stream, next);
        memories.put(stream, seen);
    }

    @Override
    public void close() {
        // Its waits end with the threads that wait.
    }
}
