package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.Box;

/**
 * What a row of the recorder says was seen, without when.
 *
 * @param label any text
 * @param confidence finite, usually 0 to 1
 * @param trackId the tracker's id, {@code ""} when there is none
 * @param zone the zone that the recorder names itself, {@code ""} when it names none
 */
record RowContent(String label, float confidence, Box box, String trackId, String zone) {}
