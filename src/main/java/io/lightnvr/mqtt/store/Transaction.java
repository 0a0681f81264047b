package io.lightnvr.mqtt.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs statements in a transaction that is begun and ended in SQL. On a full disk SQLite ends a transaction by itself; the
 * driver does not notice, and in its own transactions the statements that follow would be committed one by one.
 */
final class Transaction {

    private Transaction() {}

    /** The statements of a transaction. */
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
