package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.RenderedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outbox that lives as long as the process. Thread-safe by its own lock, which is never held for more than memory
 * work.
 */
public final class MemoryOutbox implements Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryOutbox.class);

    private final String storeId = UUID.randomUUID().toString();
    private final int maxEvents;
    private final Map<Long, RenderedEvent> waiting = new LinkedHashMap<>();
    private final Map<Long, RenderedEvent> numbered = new LinkedHashMap<>();
    private final Map<StreamName, Long> sequences = new HashMap<>();
    private long lastId;
    private long dropped;

    /**
     * @param maxEvents how many events it holds, at least 1
     */
    public MemoryOutbox(int maxEvents) {
        this.maxEvents = maxEvents;
    }

    @Override
    public String storeId() {
        return storeId;
    }

    @Override
    public synchronized void add(List<RenderedEvent> events) {
        for (RenderedEvent event : events) {
            makeRoom();
            waiting.put(++lastId, event);
        }
    }

    /** The sequence that an event would have had is left out, so that a consumer sees the gap. */
    private void makeRoom() {
        Iterator<RenderedEvent> oldest = waiting.values().iterator();
        if (waiting.size() + numbered.size() >= maxEvents && oldest.hasNext()) {
            sequences.merge(oldest.next().stream(), 1L, Long::sum);
            oldest.remove();
            if (dropped++ == 0) {
                LOG.error(
                        "{} events wait for the broker, as many as there is room for: the oldest are given up",
                        maxEvents);
            }
        }
    }

    @Override
    public synchronized List<Numbered> take(int atMost, Set<StreamName> except) {
        List<Numbered> taken = new ArrayList<>();
        Iterator<Map.Entry<Long, RenderedEvent>> entries = waiting.entrySet().iterator();
        while (taken.size() < atMost && entries.hasNext()) {
            Map.Entry<Long, RenderedEvent> entry = entries.next();
            RenderedEvent event = entry.getValue();
            if (!except.contains(event.stream())) {
                entries.remove();
                numbered.put(entry.getKey(), event);
                taken.add(new Numbered(entry.getKey(), sequences.merge(event.stream(), 1L, Long::sum), event));
            }
        }
        return taken;
    }

    @Override
    public synchronized void remove(Collection<Numbered> events) {
        events.forEach(event -> numbered.remove(event.id()));
    }

    @Override
    public synchronized Backlog backlog() {
        Optional<Instant> oldest = Stream.of(numbered, waiting)
                .flatMap(events -> events.values().stream().limit(1))
                .map(RenderedEvent::sendableSince)
                .min(Instant::compareTo);
        return new Backlog(waiting.size() + numbered.size(), oldest, dropped);
    }

    @Override
    public void close() {
        // Nothing outlives the process.
    }
}
