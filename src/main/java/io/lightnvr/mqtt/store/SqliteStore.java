package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a database file ({@code lightnvr-mqtt.db}): a {@code kill -9} or a power cut neither loses nor repeats what is
 * in it. The {@link Ledger} decides, and the file follows it, transaction by transaction.
 *
 * <p>Two locks, the disk's always before the ledger's: while one thread waits for the disk, others change the ledger, and
 * the next write takes the changes of all of them. So polls that come at once share a commit.
 *
 * <p>While the disk cannot be written, the ledger goes on alone, and a write is tried again every second or, if that takes a
 * new connection, every 5 s. What is sent meanwhile is not recorded: after a kill it is sent again, and sequences are given
 * a second time.
 */
public final class SqliteStore extends LedgerStore {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);
    private static final Duration RETRY_SOON = Duration.ofSeconds(1);
    private static final Duration RETRY_EVERY = Duration.ofSeconds(5);
    private static final Duration WRITE_EVERY = Duration.ofSeconds(30);
    private static final long BUSY_NANOS = Duration.ofMillis(2).toNanos();
    private static final long GATHER_MILLIS = 1;
    private static final Duration SHRINK_EVERY = Duration.ofMinutes(1);

    private final StoreFolder folder;
    private final Object disk = new Object();
    private final String storeId;
    private Instant shrinkNext;
    private long written;
    private long writtenAt = System.nanoTime() - BUSY_NANOS;
    private Instant writeDue;
    private Optional<Instant> retryNext = Optional.empty();
    private Optional<DiskTrouble> trouble;

    /**
     * Opens the store of a folder, or creates one.
     *
     * @param clock the time by which events grow old; it must not step
     * @throws StoreException if another process uses the folder, or if a newer version wrote the store
     */
    public static SqliteStore open(Path folder, StoreLimits limits, Clock clock) throws StoreException {
        return new SqliteStore(StoreFolder.open(folder, Schema.current(), Connector.SQLITE, clock), limits, clock);
    }

    SqliteStore(StoreFolder folder, StoreLimits limits, Clock clock) throws StoreException {
        super(new Ledger(limits, StoreLimits.MOST_UNSAVED_BYTES), clock);
        this.folder = folder;
        this.trouble = folder.trouble();
        this.writeDue = clock.instant().plus(WRITE_EVERY);
        this.shrinkNext = clock.instant();
        this.storeId = folder.load(ledger, clock.instant());
        trouble.ifPresent(refused -> LOG.error(refused.sentence()));
    }

    @Override
    public String storeId() {
        return storeId;
    }

    @Override
    public Beginning beginning() {
        return folder.wasDamaged() ? Beginning.AT_LOOK_BACK : Beginning.AT_NOW;
    }

    @Override
    Optional<String> trouble() {
        return trouble.map(DiskTrouble::sentence);
    }

    @Override
    public void add(StreamName stream, List<RenderedEvent> events, Optional<Checkpoint> checkpoint) {
        boolean due;
        long mine;
        synchronized (ledger) {
            Instant now = clock.instant();
            boolean news = !events.isEmpty() || ledger.isNews(stream, checkpoint);
            ledger.add(stream, events, checkpoint, now);
            mine = ledger.unwritten().version();
            due = news || !now.isBefore(writeDue);
        }
        reportLosses();
        if (due) {
            gather(mine);
            write(mine);
        }
    }

    /**
     * While one write follows the other, those who add wait a moment for each other: a commit that several share costs
     * little more than one.
     */
    private void gather(long mine) {
        synchronized (ledger) {
            if (written < mine && System.nanoTime() - writtenAt < BUSY_NANOS) {
                try {
                    ledger.wait(GATHER_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @Override
    public List<SequencedEvent> take(TakeRequest request) {
        List<OutboxEntry> taken;
        long mine;
        synchronized (ledger) {
            taken = ledger.take(request, clock.instant());
            mine = ledger.unwritten().version();
        }
        reportLosses();
        if (taken.isEmpty()) {
            return List.of();
        }
        write(mine);
        return withPayloads(taken);
    }

    @Override
    public void flush() {
        long mine;
        synchronized (ledger) {
            mine = ledger.unwritten().version();
        }
        write(mine);
    }

    @Override
    public List<RenderedEvent> fresh() {
        List<OutboxEntry> fresh;
        synchronized (ledger) {
            fresh = ledger.fresh(clock.instant());
        }
        return withPayloads(fresh).stream().map(SequencedEvent::event).toList();
    }

    @Override
    public void close() {
        synchronized (disk) {
            synchronized (ledger) {
                retryNext = Optional.empty();
            }
            flush();
            folder.close();
        }
    }

    /** Makes durable what was changed up to a certain change, with whatever else was changed by then. */
    private void write(long upTo) {
        synchronized (disk) {
            Changes changes;
            long all;
            Instant now = clock.instant();
            synchronized (ledger) {
                boolean isWritten = written >= upTo || ledger.unwritten().isEmpty();
                if (isWritten && trouble.isEmpty() || isTooEarly(now)) {
                    return;
                }
                all = ledger.unwritten().version();
                changes = ledger.unwritten().begin();
            }
            try {
                folder.write(changes);
            } catch (SQLException e) {
                synchronized (ledger) {
                    ledger.unwritten().failed();
                }
                refused(e);
                return;
            }
            written(all, now);
            shrink(now);
        }
    }

    private boolean isTooEarly(Instant now) {
        return retryNext.isPresent() && now.isBefore(retryNext.get());
    }

    private void written(long upTo, Instant now) {
        boolean recovered;
        synchronized (ledger) {
            ledger.unwritten().done();
            ledger.retryUnreadable();
            written = upTo;
            writtenAt = System.nanoTime();
            ledger.notifyAll();
            writeDue = now.plus(WRITE_EVERY);
            recovered = trouble.isPresent();
            trouble = Optional.empty();
            retryNext = Optional.empty();
        }
        if (recovered) {
            LOG.info("{} can be written again, and everything is written", folder.file());
        }
    }

    private void refused(SQLException failure) {
        Optional<DiskTrouble> refused = Optional.of(DiskTrouble.of(failure, folder.file()));
        boolean isNew;
        synchronized (ledger) {
            retryNext = Optional.of(clock.instant().plus(DiskTrouble.mayPass(failure) ? RETRY_SOON : RETRY_EVERY));
            isNew = !trouble.equals(refused);
            trouble = refused;
        }
        if (isNew) {
            LOG.error(refused.get().sentence());
        }
    }

    private void shrink(Instant now) {
        if (!now.isBefore(shrinkNext)) {
            shrinkNext = now.plus(SHRINK_EVERY);
            try {
                folder.shrink();
            } catch (SQLException e) {
                refused(e);
            }
        }
    }

    private List<SequencedEvent> withPayloads(List<OutboxEntry> entries) {
        Map<Long, RenderedEvent> events = new HashMap<>();
        synchronized (ledger) {
            entries.stream().filter(entry -> entry.event != null).forEach(entry -> events.put(entry.id, entry.event));
        }
        List<Long> inFile = entries.stream()
                .map(entry -> entry.id)
                .filter(id -> !events.containsKey(id))
                .toList();
        boolean couldRead = inFile.isEmpty() || read(inFile, events);
        synchronized (ledger) {
            for (OutboxEntry entry : entries) {
                if (!events.containsKey(entry.id)) {
                    ledger.unread(entry, !couldRead);
                }
            }
        }
        reportLosses();
        return entries.stream()
                .filter(entry -> events.containsKey(entry.id))
                .map(entry -> entry.sequenced(events.get(entry.id)))
                .toList();
    }

    /** Whether the file could be read; what it does not hold is lost for ever. */
    private boolean read(List<Long> ids, Map<Long, RenderedEvent> into) {
        synchronized (disk) {
            try {
                into.putAll(folder.events(ids));
                return true;
            } catch (SQLException e) {
                refused(e);
                return DiskTrouble.isDamage(e);
            }
        }
    }
}
