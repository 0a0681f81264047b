package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.publish.Rendered;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the file of a {@link StoreFolder} to where the {@link Ledger} is. Thread-safe: whoever needs the disk writes.
 *
 * <p>Two locks, the disk's always before the ledger's: while one thread waits for the disk, others change the ledger, and
 * the next write takes the changes of all of them. So polls that come at once share a commit.
 *
 * <p>While the disk cannot be written, a write is tried again every second or, if that takes a new connection, every 5 s.
 */
final class LedgerFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerFile.class);
    private static final Duration WRITE_EVERY = Duration.ofMinutes(5);
    private static final Duration SHRINK_EVERY = Duration.ofMinutes(1);
    private static final Duration SHRINK_AGAIN_AFTER = Duration.ofHours(1);
    private static final long BUSY_NANOS = Duration.ofMillis(2).toNanos();
    private static final long GATHER_MILLIS = 1;

    private final Ledger ledger;
    private final Clock clock;
    private final String storeId;

    private final Object disk = new Object();
    private final StoreFolder folder;
    private Instant shrinkNext;
    private boolean closing;
    private boolean closed;

    // The rest is guarded by the ledger's lock.
    private final DiskState state;
    private long written;
    private long writtenAt = System.nanoTime() - BUSY_NANOS;
    private Instant writeDue;

    /**
     * Fills the ledger from the file.
     *
     * @throws StoreException if the file cannot be read; the folder is closed then
     */
    LedgerFile(Ledger ledger, StoreFolder folder, Clock clock) throws StoreException {
        Instant now = clock.instant();
        this.ledger = ledger;
        this.folder = folder;
        this.clock = clock;
        this.state = new DiskState(folder.trouble());
        this.writeDue = now.plus(WRITE_EVERY);
        this.shrinkNext = now;
        this.storeId = folder.load(ledger, now);
        state.sentence().ifPresent(LOG::error);
    }

    String storeId() {
        return storeId;
    }

    /** Whether the file was damaged and is set aside. */
    boolean wasDamaged() {
        return folder.wasDamaged();
    }

    /** Why the disk cannot be written; called with the ledger's lock. */
    Optional<String> trouble() {
        return state.sentence();
    }

    /** Whether the last write was so long ago that even a checkpoint without events is written; called with the ledger's lock. */
    boolean isWriteDue(Instant now) {
        return !now.isBefore(writeDue);
    }

    /** How long until the disk should be tried again; empty without trouble. */
    Optional<Duration> untilRetry() {
        synchronized (ledger) {
            return state.pause(clock.instant());
        }
    }

    /**
     * While one write follows the other, those who add wait a moment for each other: a commit that several share costs
     * little more than one.
     */
    void gather(long version) {
        synchronized (ledger) {
            if (written < version && System.nanoTime() - writtenAt < BUSY_NANOS) {
                try {
                    ledger.wait(GATHER_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Makes durable whatever was changed so far. */
    void flush() {
        long latest;
        synchronized (ledger) {
            latest = ledger.unwritten().version();
        }
        write(latest);
    }

    /**
     * Makes durable what was changed up to a version of the ledger, with whatever else was changed by then. How far streams were
     * read in which nothing was found is left out, but for every five minutes: that would be most of what is written.
     */
    void write(long version) {
        synchronized (disk) {
            Instant now = clock.instant();
            Changes changes;
            long latest;
            boolean everything;
            synchronized (ledger) {
                everything = closing || state.isInTrouble() || isWriteDue(now);
                if (closed || !isDue(version, everything, now)) {
                    return;
                }
                latest = ledger.unwritten().version();
                changes = ledger.unwritten().begin(everything);
            }
            try {
                folder.write(changes);
            } catch (SQLException e) {
                synchronized (ledger) {
                    ledger.unwritten().failed();
                }
                failed(e);
                return;
            }
            written(latest, everything, now);
            recover();
            shrink(now);
        }
    }

    /** In trouble a write is tried even if nothing has changed, to see whether it is over. */
    private boolean isDue(long version, boolean everything, Instant now) {
        boolean isNeeded =
                (everything || written < version) && !ledger.unwritten().isEmpty(everything);
        return !state.isPausing(now) && (isNeeded || state.isInTrouble());
    }

    private void written(long version, boolean everything, Instant now) {
        synchronized (ledger) {
            ledger.unwritten().done();
            written = version;
            writtenAt = System.nanoTime();
            ledger.notifyAll();
            if (everything) {
                writeDue = now.plus(WRITE_EVERY);
            }
        }
    }

    /** The disk can be written; trouble is over if what could not be read can be read too. */
    private void recover() {
        List<Long> unreadable;
        synchronized (ledger) {
            if (!state.isInTrouble()) {
                return;
            }
            unreadable = ledger.sending().unreadable();
        }
        try {
            folder.events(unreadable);
        } catch (SQLException e) {
            failed(e);
            return;
        }
        synchronized (ledger) {
            ledger.sending().retryUnreadable();
            state.recovered();
        }
        LOG.info("{} can be written again, and everything is written", folder.file());
    }

    private void failed(SQLException failure) {
        DiskTrouble trouble = DiskTrouble.of(failure, folder.file());
        boolean isNew;
        synchronized (ledger) {
            isNew = state.failed(trouble, DiskTrouble.mayPass(failure), clock.instant());
        }
        if (isNew) {
            LOG.error(trouble.sentence());
        }
    }

    /** What fails here is no trouble yet: it takes more room than a write, and nobody else who reads the file. */
    private void shrink(Instant now) {
        if (!now.isBefore(shrinkNext)) {
            shrinkNext = now.plus(SHRINK_EVERY);
            try {
                folder.shrink();
            } catch (SQLException e) {
                if (DiskTrouble.isDamage(e)) {
                    failed(e);
                } else {
                    LOG.warn("{} keeps the room of removed events for now: {}", folder.file(), e.getMessage());
                    shrinkNext = now.plus(SHRINK_AGAIN_AFTER);
                }
            }
        }
    }

    /** Reads payloads; false if the file cannot be read now. What a damaged file does not give is lost for ever. */
    boolean read(List<Long> ids, Map<Long, Rendered> into) {
        synchronized (disk) {
            if (closed) {
                return false;
            }
            try {
                into.putAll(folder.events(ids));
                return true;
            } catch (SQLException e) {
                failed(e);
                return DiskTrouble.isDamage(e);
            }
        }
    }

    /** Writes everything, as far as the disk allows, and writes nothing from then on. */
    @Override
    public void close() {
        synchronized (disk) {
            synchronized (ledger) {
                state.endPause();
                closing = true;
            }
            flush();
            closed = true;
            folder.close();
        }
    }
}
