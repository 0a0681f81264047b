package io.lightnvr.mqtt.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The file of a store in the shape that older versions gave it, which had large pages and noted where free ones are. */
final class LargePages {

    private LargePages() {}

    /** Gives that shape to a file which nobody uses. */
    static void give(Path file) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = db.createStatement()) {
            for (String sql : List.of(
                    "PRAGMA journal_mode = DELETE",
                    "PRAGMA page_size = 4096",
                    "PRAGMA auto_vacuum = INCREMENTAL",
                    "VACUUM",
                    "PRAGMA journal_mode = WAL")) {
                statement.execute(sql);
            }
        }
    }

    /** The size of the pages of a file, and how it treats free ones. */
    static String shape(Path file) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = db.createStatement()) {
            return number(statement, "page_size") + " " + number(statement, "auto_vacuum");
        }
    }

    private static int number(Statement statement, String setting) throws SQLException {
        try (ResultSet result = statement.executeQuery("PRAGMA " + setting)) {
            return result.getInt(1);
        }
    }
}
