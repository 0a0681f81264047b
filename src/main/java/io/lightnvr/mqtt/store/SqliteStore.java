package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.Rendered;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store in a database file ({@code lightnvr-mqtt.db}): a {@code kill -9} or a power cut neither loses nor repeats what is
 * in it. The {@link Ledger} decides, and the file follows it, transaction by transaction ({@link LedgerFile}).
 *
 * <p>While the disk cannot be written, the ledger goes on alone. What is sent meanwhile is not recorded: after a kill it is
 * sent again, and sequences are given a second time.
 */
public final class SqliteStore extends LedgerStore {

    private final LedgerFile file;

    /**
     * The payloads of events, by id.
     *
     * @param isComplete false if the file could not be read, so that missing ones may be in it
     */
    private record Payloads(Map<Long, Rendered> byId, boolean isComplete) {}

    /**
     * Opens the store of a folder, or creates one.
     *
     * @param clock the time by which events grow old; it must not step
     * @throws StoreException if another process uses the folder, or if a newer version wrote the store
     */
    public static SqliteStore open(Path folder, StoreLimits limits, Clock clock) throws StoreException {
        return new SqliteStore(StoreFolder.open(folder, Schema.current(), Connector.SQLITE, clock), limits, clock);
    }

    /** Deletes the store of a folder that nobody uses. */
    public static void delete(Path folder) throws IOException {
        StoreFolder.delete(folder);
    }

    /** @param folder closed with the store, and also if it cannot be read */
    SqliteStore(StoreFolder folder, StoreLimits limits, Clock clock) throws StoreException {
        super(new Ledger(limits, StoreLimits.MOST_UNSAVED_BYTES), clock);
        this.file = new LedgerFile(ledger, folder, clock);
    }

    @Override
    public String storeId() {
        return file.storeId();
    }

    @Override
    public Beginning beginning() {
        return file.wasDamaged() ? Beginning.AT_LOOK_BACK : Beginning.AT_NOW;
    }

    @Override
    Optional<String> trouble() {
        return file.trouble();
    }

    @Override
    public void add(
            StreamName stream,
            List<? extends Rendered> entries,
            Optional<Checkpoint> checkpoint,
            Optional<byte[]> visits) {
        boolean due;
        long version;
        synchronized (ledger) {
            Instant now = clock.instant();
            boolean isNews = ledger.add(stream, entries, checkpoint, visits, now);
            version = ledger.unwritten().version();
            due = isNews || file.isWriteDue(now);
        }
        reportLosses();
        if (due) {
            file.gather(version);
            file.write(version);
        }
    }

    @Override
    public List<SequencedEvent> take(TakeRequest request) {
        List<OutboxEntry> taken;
        boolean isWritten;
        long version;
        synchronized (ledger) {
            taken = ledger.take(request, clock.instant());
            isWritten = taken.stream().allMatch(entry -> entry.isSequenceWritten);
            version = ledger.unwritten().version();
        }
        reportLosses();
        if (!isWritten) {
            file.write(version);
        }
        return handOut(taken, payloads(taken));
    }

    @Override
    public Optional<Duration> untilRetry() {
        return file.untilRetry();
    }

    @Override
    public void flush() {
        file.flush();
    }

    @Override
    public List<RenderedEvent> fresh() {
        List<OutboxEntry> fresh;
        synchronized (ledger) {
            fresh = ledger.fresh(clock.instant());
        }
        Map<Long, Rendered> payloads = payloads(fresh).byId();
        return fresh.stream()
                .map(entry -> payloads.get(entry.id))
                .filter(RenderedEvent.class::isInstance)
                .map(RenderedEvent.class::cast)
                .toList();
    }

    @Override
    public void close() {
        file.close();
    }

    private List<SequencedEvent> handOut(List<OutboxEntry> taken, Payloads payloads) {
        List<OutboxEntry> sendable;
        synchronized (ledger) {
            sendable = payloads.isComplete()
                    ? ledger.loseMissing(taken, payloads.byId().keySet())
                    : ledger.sending().holdUnreadable(taken, payloads.byId().keySet());
        }
        reportLosses();
        return sendable.stream()
                .map(entry -> entry.sequenced(payloads.byId().get(entry.id)))
                .toList();
    }

    private Payloads payloads(List<OutboxEntry> entries) {
        Map<Long, Rendered> byId = new HashMap<>();
        List<Long> inFile = new ArrayList<>();
        synchronized (ledger) {
            for (OutboxEntry entry : entries) {
                if (entry.event == null) {
                    inFile.add(entry.id);
                } else {
                    byId.put(entry.id, entry.event);
                }
            }
        }
        return new Payloads(byId, inFile.isEmpty() || file.read(inFile, byId));
    }
}
