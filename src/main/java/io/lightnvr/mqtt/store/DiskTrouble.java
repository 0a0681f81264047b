package io.lightnvr.mqtt.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Why the file cannot be written or read. What happens meanwhile is in {@link LedgerFile}.
 *
 * @param sentence the cause and what to do
 */
record DiskTrouble(String sentence) {

    private static final String MEANWHILE = " Until then everything is kept in memory only.";
    private static final int PRIMARY = 0xff;
    private static final Set<Integer> DAMAGE =
            Set.of(SQLiteErrorCode.SQLITE_CORRUPT.code, SQLiteErrorCode.SQLITE_NOTADB.code);
    private static final Set<Integer> NEEDS_NO_OTHER_CONNECTION =
            Set.of(SQLiteErrorCode.SQLITE_FULL.code, SQLiteErrorCode.SQLITE_BUSY.code);

    static DiskTrouble of(SQLException failure, Path file) {
        int code = code(failure);
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return new DiskTrouble("The disk of " + file + " is full: make room." + MEANWHILE);
        } else if (code == SQLiteErrorCode.SQLITE_BUSY.code) {
            return new DiskTrouble("Another program has locked " + file + ": close that program." + MEANWHILE);
        } else if (isDamage(failure)) {
            return new DiskTrouble(
                    file + " is damaged: restart the bridge, which then sets the file aside and starts a new store."
                            + MEANWHILE);
        }
        String cause = FileRights.ofFolder(file.getParent())
                .or(() -> FileRights.ofStore(file.getParent()))
                .map(StoreTrouble::toString)
                .orElse("check the disk and its permissions");
        return new DiskTrouble(file + " cannot be written (" + failure.getMessage() + "): " + cause + "." + MEANWHILE);
    }

    /** Whether the content of the file is damaged. */
    static boolean isDamage(SQLException failure) {
        return DAMAGE.contains(code(failure));
    }

    /** Whether a process was killed while it wrote the file anew: the next one that may write takes that back. */
    static boolean isUnfinished(SQLException failure) {
        return failure instanceof SQLiteException known
                && known.getResultCode() == SQLiteErrorCode.SQLITE_READONLY_ROLLBACK;
    }

    /** Missing tables or columns are damage if the file was just brought to the newest format. */
    static SQLException asDamage(SQLException failure) {
        return code(failure) == SQLiteErrorCode.SQLITE_ERROR.code
                ? new SQLException(failure.getMessage(), null, SQLiteErrorCode.SQLITE_CORRUPT.code)
                : failure;
    }

    /** Whether the same connection may work again without anything being done. */
    static boolean mayPass(SQLException failure) {
        return NEEDS_NO_OTHER_CONNECTION.contains(code(failure));
    }

    private static int code(SQLException failure) {
        return failure.getErrorCode() & PRIMARY;
    }
}
