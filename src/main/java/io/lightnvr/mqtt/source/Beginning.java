package io.lightnvr.mqtt.source;

import java.util.OptionalLong;

/**
 * Says where to start reading a stream that has no checkpoint.
 *
 * @param isNow whether detections that exist already are old
 * @param second if so, except those from this one on, in epoch seconds on the source's clock; otherwise a minute ago
 */
public record Beginning(boolean isNow, OptionalLong second) {

    /** At the present: detections that exist already are old. */
    public static final Beginning AT_NOW = new Beginning(true, OptionalLong.empty());

    /** A minute ago: the checkpoints were lost, and this covers the time around the loss. */
    public static final Beginning AT_LOOK_BACK = new Beginning(false, OptionalLong.empty());

    /** At a second, in epoch seconds on the source's clock: the stream is known not to have existed before. */
    public static Beginning at(long second) {
        return new Beginning(true, OptionalLong.of(second));
    }
}
