package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.source.Mark;
import java.util.Optional;

/**
 * A row of the recorder. Rows have no id: identical rows of one second can only be counted.
 *
 * @param second when it was detected, on the recorder's clock, in epoch seconds
 * @param fingerprint a hash of label, confidence and box, by which rows are compared; not of {@code end_timestamp},
 *     which may belong to another row
 * @param content what was detected; empty if the row is unreadable
 */
record Row(long second, long fingerprint, Optional<Content> content) {

    /**
     * What was detected, without when.
     *
     * @param label any text
     * @param confidence finite, usually 0 to 1
     * @param trackId the tracker's id, or {@code ""}
     * @param zone the id of the zone that the recorder itself names, or {@code ""}
     */
    record Content(String label, float confidence, Box box, String trackId, String zone) {}

    static Row of(long second, Content content) {
        return new Row(second, Fingerprint.of(content), Optional.of(content));
    }

    /**
     * Creates a row that can only be counted.
     *
     * @param text whatever distinguishes it from other rows
     */
    static Row unreadable(long second, String text) {
        return new Row(second, Fingerprint.of(text), Optional.empty());
    }

    Mark mark() {
        return new Mark(second, fingerprint);
    }
}
