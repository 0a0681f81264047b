package io.lightnvr.mqtt.source;

/** Says where to start reading a stream that has no checkpoint. */
public enum Beginning {
    /** At the present: detections that exist already are old. */
    AT_NOW,
    /** A minute ago: the checkpoints were lost, and this covers the time around the loss. */
    AT_LOOK_BACK
}
