package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.publish.Rendered;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a store: locked by one process, with a file that may be damaged, or that cannot be written at the moment.
 * Used by one thread at a time.
 */
final class StoreFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreFolder.class);
    static final String FILE = "lightnvr-mqtt.db";
    static final String LOCK = "lightnvr-mqtt.lock";
    static final List<String> SUFFIXES = List.of("", "-journal", "-wal", "-shm");
    private static final DateTimeFormatter ASIDE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Schema schema;
    private final Connector connector;
    private Optional<FileChannel> lock;
    private boolean wasDamaged;
    private Optional<DiskTrouble> trouble = Optional.empty();
    private Optional<SqliteFile> open = Optional.empty();
    private Optional<Path> copy = Optional.empty();
    private String storeId = UUID.randomUUID().toString();
    private boolean reopen;

    private StoreFolder(Path folder, Schema schema, Connector connector, Optional<FileChannel> lock) {
        this.folder = folder;
        this.schema = schema;
        this.connector = connector;
        this.lock = lock;
    }

    /** Locks the folder for this process and opens its file, as far as the disk allows. */
    static StoreFolder open(Path folder, Schema schema, Connector connector, Clock clock) throws StoreException {
        StoreFolder store = new StoreFolder(folder, schema, connector, lock(folder));
        try {
            SqliteLibrary.load(folder);
            store.openFile(clock);
        } catch (StoreException e) {
            store.close();
            throw e;
        }
        return store;
    }

    /** Deletes the files of a store. */
    static void delete(Path folder) throws IOException {
        for (String suffix : SUFFIXES) {
            Files.deleteIfExists(folder.resolve(FILE + suffix));
        }
        Files.deleteIfExists(folder.resolve(LOCK));
    }

    private static Optional<FileChannel> lock(Path folder) throws StoreException {
        try {
            return Optional.of(lockedChannel(folder));
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            LOG.debug("The folder {} cannot be locked", folder, e);
            return Optional.empty();
        }
    }

    /** Locks a separate file: a lock on the database would be lost when anything in this process closes that. */
    private static FileChannel lockedChannel(Path folder) throws IOException {
        FileRights.reserve(folder.resolve(LOCK));
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean isLocked = false;
        try {
            isLocked = tryLock(channel) != null;
        } finally {
            if (!isLocked) {
                channel.close();
            }
        }
        if (!isLocked) {
            throw new StoreException("Another bridge is running with the folder " + folder.toAbsolutePath()
                    + ": stop it, or give this one another folder with --data");
        }
        return channel;
    }

    /** Takes the lock; null if this process or another one has it already. */
    static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void openFile(Clock clock) throws StoreException {
        reserveFiles();
        try {
            open = Optional.of(SqliteFile.open(file(), schema, connector));
        } catch (SQLException e) {
            if (DiskTrouble.isDamage(e)) {
                setAside(e, clock);
            } else {
                trouble = Optional.of(DiskTrouble.of(e, file()));
                reopen = true;
                openCopy(e);
            }
        }
    }

    /** SQLite gives the files beside the database the rights of that, but only when it makes them. */
    private void reserveFiles() {
        FileRights.reserve(file());
        SUFFIXES.stream()
                .map(suffix -> folder.resolve(FILE + suffix))
                .filter(Files::exists)
                .forEach(FileRights::reserve);
    }

    private void setAside(SQLException damage, Clock clock) throws StoreException {
        String suffix = ".damaged-" + ASIDE.format(clock.instant());
        try {
            for (String part : SUFFIXES) {
                Path from = folder.resolve(FILE + part);
                if (Files.exists(from)) {
                    Files.move(from, folder.resolve(FILE + suffix + part), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            reserveFiles();
            open = Optional.of(SqliteFile.open(file(), schema, connector));
        } catch (IOException | SQLException e) {
            throw new StoreException(file() + " is damaged (" + damage.getMessage() + ") and cannot be set aside ("
                    + e.getMessage() + "): move it elsewhere");
        }
        wasDamaged = true;
        LOG.error(
                "{} was damaged ({}) and is set aside as {}. The events in it are lost; a new store begins with the"
                        + " recorder's last minute",
                file(),
                damage.getMessage(),
                FILE + suffix);
    }

    /** If the disk cannot be written, the file cannot even be opened; it is read from a copy. */
    private void openCopy(SQLException refused) throws StoreException {
        if (!Files.exists(file())) {
            return;
        }
        try {
            Path temporary = Files.createTempDirectory("lightnvr-mqtt-store-");
            copy = Optional.of(temporary);
            for (String part : SUFFIXES.subList(0, 3)) {
                if (Files.exists(folder.resolve(FILE + part))) {
                    Files.copy(folder.resolve(FILE + part), temporary.resolve(FILE + part));
                }
            }
            open = Optional.of(SqliteFile.open(temporary.resolve(FILE), schema, connector));
        } catch (IOException | SQLException e) {
            throw new StoreException(file() + " cannot be opened (" + refused.getMessage() + ") or read from a copy in "
                    + System.getProperty("java.io.tmpdir") + " ("
                    + e.getMessage() + "): "
                    + FileRights.ofStore(folder)
                            .map(StoreTrouble::toString)
                            .orElse("make room on both disks, or check the permissions"));
        }
    }

    Path file() {
        return folder.resolve(FILE).toAbsolutePath();
    }

    /** Whether the file was damaged and is set aside. */
    boolean wasDamaged() {
        return wasDamaged;
    }

    /** Why the file could not be opened for writing. */
    Optional<DiskTrouble> trouble() {
        return trouble;
    }

    /**
     * Fills a ledger from the file and returns the store's id.
     *
     * @throws StoreException if the file cannot be read; the folder is closed then
     */
    String load(Ledger ledger, Instant now) throws StoreException {
        try {
            if (open.isPresent()) {
                open.get().load(ledger, now);
                storeId = open.get().storeId();
            }
            return storeId;
        } catch (SQLException e) {
            close();
            throw new StoreException(file() + " cannot be read: " + e.getMessage());
        }
    }

    Map<Long, Rendered> events(Collection<Long> ids) throws SQLException {
        try {
            return open.isEmpty() || ids.isEmpty() ? Map.of() : open.get().events(ids);
        } catch (SQLException e) {
            reopen |= !DiskTrouble.mayPass(e);
            throw e;
        }
    }

    void write(Changes changes) throws SQLException {
        if (reopen) {
            openAgain();
        }
        try {
            open.orElseThrow().write(changes);
        } catch (SQLException e) {
            reopen = !DiskTrouble.mayPass(e);
            throw e;
        }
    }

    /** The old connection goes on being read from until there is another one. */
    private void openAgain() throws SQLException {
        try {
            if (lock.isEmpty()) {
                lock = lock(folder);
            }
            SqliteFile again = openWithId();
            open.ifPresent(SqliteFile::close);
            open = Optional.of(again);
            reopen = false;
            deleteCopy();
        } catch (StoreException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    private SqliteFile openWithId() throws SQLException, StoreException {
        reserveFiles();
        SqliteFile file = SqliteFile.open(file(), schema, connector);
        try {
            file.storeId(storeId);
            return file;
        } catch (SQLException e) {
            file.close();
            throw e;
        }
    }

    void shrink() throws SQLException {
        if (open.isPresent()) {
            open.get().shrink();
        }
    }

    private void deleteCopy() {
        if (copy.isPresent()) {
            try {
                for (String part : SUFFIXES) {
                    Files.deleteIfExists(copy.get().resolve(FILE + part));
                }
                Files.deleteIfExists(copy.get());
            } catch (IOException e) {
                LOG.debug("The copy {} stays", copy.get(), e);
            }
            copy = Optional.empty();
        }
    }

    @Override
    public void close() {
        open.ifPresent(SqliteFile::close);
        open = Optional.empty();
        deleteCopy();
        try {
            if (lock.isPresent()) {
                lock.get().close();
            }
        } catch (IOException e) {
            LOG.debug("The lock of {} does not close", folder, e);
        }
    }
}
