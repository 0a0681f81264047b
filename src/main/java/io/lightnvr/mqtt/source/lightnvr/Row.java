package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.source.Mark;
import java.util.Optional;

/**
 * A row of the recorder. Rows have no id: identical rows of one second cannot be told apart, only counted.
 *
 * @param second when it was detected, on the recorder's clock, in epoch seconds
 * @param fingerprint stands for label, confidence and box, by which rows are compared; never for
 *     {@code end_timestamp}, which may belong to another row
 * @param content what was seen; nothing where the row could not be read
 */
record Row(long second, long fingerprint, Optional<Content> content) {

    /**
     * What a row says was detected, without when.
     *
     * @param label any text
     * @param confidence finite, usually 0 to 1
     * @param trackId the tracker's id, {@code ""} if there is none
     * @param zone the zone that the recorder names itself, {@code ""} if it names none
     */
    record Content(String label, float confidence, Box box, String trackId, String zone) {}

    static Row of(long second, Content content) {
        return new Row(second, Fingerprint.of(content), Optional.of(content));
    }

    /**
     * A row that cannot be read, but counted.
     *
     * @param text whatever tells it from other rows
     */
    static Row unreadable(long second, String text) {
        return new Row(second, Fingerprint.of(text), Optional.empty());
    }

    Mark mark() {
        return new Mark(second, fingerprint);
    }
}
