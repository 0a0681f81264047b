package io.lightnvr.mqtt.source.lightnvr;

import java.util.Comparator;

/**
 * A row that was not known before.
 *
 * @param occurrence 1 for the first of identical rows in one second, 2 for the second, and so on
 * @param quiet whether it is to be remembered only: it was there before we could have seen it
 */
record NewRow(Row row, int occurrence, boolean quiet) {

    static final Comparator<NewRow> BY_SECOND =
            Comparator.comparingLong(found -> found.row().second());
}
