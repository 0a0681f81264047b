package io.lightnvr.mqtt.demo.scene;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Instant;
import java.util.List;

/**
 * The detections in one picture.
 *
 * @param taken when the picture was taken
 * @param found when the detector was done with it, no earlier
 * @param rows never empty
 */
public record Frame(StreamName stream, Instant taken, Instant found, List<SimulatedRow> rows) {

    public Frame {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("A frame needs a row");
        }
        rows = List.copyOf(rows);
    }

    /** The second of the picture, all of its time that the recorder keeps. */
    public long second() {
        return taken.getEpochSecond();
    }
}
