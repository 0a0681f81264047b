package io.lightnvr.mqtt.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A transaction in SQL's own words. On a full disk SQLite ends a transaction by itself; the driver, which would begin the
 * next one, does not know that, and single statements would be committed one by one.
 */
final class Transaction {

    private Transaction() {}

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /** Does all of it or nothing. */
    static void run(Connection db, Work work) throws SQLException {
        try (Statement statement = db.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                work.run();
                statement.execute("COMMIT");
            } catch (SQLException e) {
                rollBack(statement, e);
                throw e;
            }
        }
    }

    private static void rollBack(Statement statement, SQLException failure) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException alreadyOver) {
            failure.addSuppressed(alreadyOver);
        }
    }
}
