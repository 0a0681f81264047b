package io.lightnvr.mqtt.demo.recorder;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A detection in the recorder's database, without its time. Nothing is checked, since the recorder checks nothing: a number that
 * is not finite is {@code null} in its answers.
 *
 * @param label any text
 * @param confidence usually 0 to 1
 * @param x left edge, in parts of the picture
 * @param y upper edge
 * @param width in parts of the picture
 * @param height in parts of the picture
 * @param trackId of the tracker, -1 for none; only shown over MQTT
 * @param zoneId of the zone that the recorder found it in, {@code ""} for none; only shown over MQTT
 */
public record SimulatedRow(
        String label, float confidence, float x, float y, float width, float height, int trackId, String zoneId) {

    private static final int MAX_LABEL_BYTES = 31;

    /** A detection without a track and a zone. */
    public SimulatedRow(String label, float confidence, float x, float y, float width, float height) {
        this(label, confidence, x, y, width, height, -1, "");
    }

    /** The same detection as the tracker and the zones see it. */
    public SimulatedRow tracked(int track, String zone) {
        return new SimulatedRow(label, confidence, x, y, width, height, track, zone);
    }

    /** A detection without a place, as from triggers. */
    public static SimulatedRow wholePicture(String label, float confidence) {
        return new SimulatedRow(label, confidence, 0, 0, 1, 1);
    }

    /** The label as the recorder keeps it: its first 31 bytes, even if that splits a character. */
    byte[] labelBytes() {
        byte[] all = label.getBytes(StandardCharsets.UTF_8);
        return all.length > MAX_LABEL_BYTES ? Arrays.copyOf(all, MAX_LABEL_BYTES) : all;
    }
}
