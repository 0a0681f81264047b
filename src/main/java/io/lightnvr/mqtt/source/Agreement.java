package io.lightnvr.mqtt.source;

/**
 * How well what is heard of a stream and what is read of it agree, since the last time that this was asked.
 *
 * @param confirmed the number of detections that were heard and read
 * @param unheard the number of detections that were read, and not heard within 10 s
 * @param unconfirmed the number of detections that were heard, and that no row has confirmed a minute later: whoever may
 *     write to the recorder's topics can invent a detection, but no row
 */
public record Agreement(int confirmed, int unheard, int unconfirmed) {

    public static final Agreement NOTHING = new Agreement(0, 0, 0);
}
