package io.lightnvr.mqtt.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tables of the file. Each version is a script that upgrades the version before it; the file knows its own version
 * ({@code PRAGMA user_version}). A released script never changes: a new one is added.
 *
 * @param scripts the first creates version 1 in an empty file; statements end with a semicolon at the end of a line
 */
record Schema(List<String> scripts) {

    private static final int NEWEST = 5;

    /** The tables of this version of the bridge. */
    static Schema current() {
        return new Schema(
                IntStream.rangeClosed(1, NEWEST).mapToObj(Schema::script).toList());
    }

    private static String script(int version) {
        try (InputStream in = Schema.class.getResourceAsStream("schema-" + version + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Upgrades a file to this version, in one transaction. It writes the version in every case: so a file that can only be read is
     * found out while nobody relies on it.
     *
     * @throws SQLException if it cannot be written
     * @throws StoreException if its version is newer
     */
    void apply(Connection db, Path file) throws SQLException, StoreException {
        int version = requireKnown(db, file);
        Transaction.run(db, () -> upgrade(db, version));
    }

    /**
     * Returns the version of a file.
     *
     * @throws StoreException if it is newer than this one
     */
    int requireKnown(Connection db, Path file) throws SQLException, StoreException {
        int version = version(db);
        if (version > scripts.size()) {
            throw new StoreException(
                    ("%s was written by a newer version of the bridge (format %d; this one knows up to %d)."
                                    + " Install that version again, or move the file away: the bridge then starts a new store")
                            .formatted(file, version, scripts.size()));
        }
        return version;
    }

    private void upgrade(Connection db, int version) throws SQLException {
        try (Statement statement = db.createStatement()) {
            for (String script : scripts.subList(version, scripts.size())) {
                for (String sql : script.split(";\\s*\n")) {
                    statement.execute(sql);
                }
            }
            statement.execute("PRAGMA user_version = " + scripts.size());
        }
    }

    private static int version(Connection db) throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA user_version")) {
            return result.getInt(1);
        }
    }
}
