package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.Rendered;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A store in memory, which ends with the process: for the demo and for tests. */
public final class MemoryStore extends LedgerStore {

    private final String storeId = UUID.randomUUID().toString();

    public MemoryStore(StoreLimits limits, Clock clock) {
        super(new Ledger(limits, Long.MAX_VALUE), clock);
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
    Optional<String> trouble() {
        return Optional.empty();
    }

    @Override
    public void add(
            StreamName stream,
            List<? extends Rendered> entries,
            Optional<Checkpoint> checkpoint,
            Optional<byte[]> visits) {
        synchronized (ledger) {
            ledger.add(stream, entries, checkpoint, visits, clock.instant());
        }
        reportLosses();
    }

    @Override
    public List<SequencedEvent> take(TakeRequest request) {
        List<SequencedEvent> taken;
        synchronized (ledger) {
            taken = ledger.take(request, clock.instant()).stream()
                    .map(entry -> entry.sequenced(entry.event))
                    .toList();
        }
        reportLosses();
        return taken;
    }

    @Override
    public List<RenderedEvent> fresh() {
        synchronized (ledger) {
            return ledger.fresh(clock.instant()).stream()
                    .map(entry -> entry.event)
                    .filter(RenderedEvent.class::isInstance)
                    .map(RenderedEvent.class::cast)
                    .toList();
        }
    }

    @Override
    public Optional<Duration> untilRetry() {
        return Optional.empty();
    }

    @Override
    public void flush() {
        // There is nowhere to write to.
    }

    @Override
    public void close() {
        // Nothing outlives the process.
    }
}
