package io.lightnvr.mqtt.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/**
 * What is in the folder of a store, read without changing anything there.
 *
 * @param file the database, whether it exists or not
 * @param held whether a bridge is running with it; then nothing more is known
 * @param waiting how many events wait for the broker
 * @param oldest since when the oldest of them waits, by the wall clock
 * @param trouble why it cannot be used; empty if it can, or does not exist yet
 */
public record StoreInspection(
        Path file, boolean held, long waiting, Optional<Instant> oldest, Optional<StoreTrouble> trouble) {

    private static final String WAITING = "SELECT count(*), min(sendable_since) FROM outbox";

    /** From this format on there are other things in the outbox beside events. */
    private static final int WITH_VISITS = 4;

    /** Inspects a folder. */
    public static StoreInspection at(Path folder) {
        Path file = folder.resolve(StoreFolder.FILE).toAbsolutePath();
        if (isHeld(folder.resolve(StoreFolder.LOCK))) {
            return new StoreInspection(file, true, 0, Optional.empty(), Optional.empty());
        }
        try {
            SqliteLibrary.borrow(folder);
        } catch (LibraryException e) {
            return troubled(file, e.trouble());
        }
        Optional<StoreTrouble> refused = FileRights.ofStore(folder);
        if (refused.isPresent()) {
            return troubled(file, refused.get());
        }
        return Files.exists(file) ? read(file) : empty(file);
    }

    private static StoreInspection empty(Path file) {
        return new StoreInspection(file, false, 0, Optional.empty(), Optional.empty());
    }

    private static StoreInspection troubled(Path file, StoreTrouble trouble) {
        return new StoreInspection(file, false, 0, Optional.empty(), Optional.of(trouble));
    }

    private static boolean isHeld(Path lock) {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock taken = StoreFolder.tryLock(channel)) {
            return taken == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static StoreInspection read(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
                Statement statement = db.createStatement()) {
            SqliteFile.check(db);
            int version = Schema.current().requireKnown(db, file);
            try (ResultSet result =
                    statement.executeQuery(version < WITH_VISITS ? WAITING : WAITING + " WHERE visit = 0")) {
                Optional<Instant> oldest = Optional.of(result.getLong(2))
                        .filter(millis -> millis > 0)
                        .map(Instant::ofEpochMilli);
                return new StoreInspection(file, false, result.getLong(1), oldest, Optional.empty());
            }
        } catch (StoreException e) {
            return troubled(file, new StoreTrouble(e.getMessage(), ""));
        } catch (SQLException e) {
            return DiskTrouble.isUnfinished(e)
                    ? empty(file)
                    : troubled(
                            file,
                            new StoreTrouble(
                                    file + ": " + e.getMessage(),
                                    "the bridge moves a damaged file aside and starts with a new one"));
        }
    }
}
