package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A store that lives as long as the process: for the demo, and for tests. */
public final class MemoryStore implements Store {

    private final String storeId = UUID.randomUUID().toString();
    private final Ledger ledger;
    private final Clock clock;

    public MemoryStore(StoreLimits limits, Clock clock) {
        this.ledger = new Ledger(limits, Long.MAX_VALUE);
        this.clock = clock;
    }

    @Override
    public String storeId() {
        return storeId;
    }

    @Override
    public Beginning beginning() {
        return Beginning.AT_NOW;
    }

    @Override
    public synchronized Optional<Checkpoint> checkpoint(StreamName stream) {
        return ledger.checkpoint(stream);
    }

    @Override
    public synchronized void add(StreamName stream, List<RenderedEvent> events, Optional<Checkpoint> checkpoint) {
        ledger.add(stream, events, checkpoint, clock.instant());
    }

    @Override
    public synchronized boolean hasRoom() {
        return ledger.hasRoom();
    }

    @Override
    public synchronized List<Numbered> take(Demand demand) {
        return ledger.take(demand, clock.instant()).stream()
                .map(entry -> entry.numbered(entry.event))
                .toList();
    }

    @Override
    public synchronized void remove(Collection<Numbered> events) {
        ledger.remove(events);
    }

    @Override
    public void settle() {
        // There is nowhere to write to.
    }

    @Override
    public synchronized List<RenderedEvent> fresh() {
        return ledger.fresh(clock.instant()).stream().map(entry -> entry.event).toList();
    }

    @Override
    public synchronized Backlog backlog() {
        return ledger.backlog(Optional.empty());
    }

    @Override
    public synchronized Map<StreamName, String> states() {
        return ledger.states();
    }

    @Override
    public synchronized void keepState(StreamName stream, String state) {
        ledger.keepState(stream, state);
    }

    @Override
    public synchronized Set<String> announced() {
        return ledger.announced();
    }

    @Override
    public synchronized void announced(String topic) {
        ledger.announced(topic);
    }

    @Override
    public synchronized void withdrawn(String topic) {
        ledger.withdrawn(topic);
    }

    @Override
    public void close() {
        // Nothing outlives the process.
    }
}
