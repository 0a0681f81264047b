package io.lightnvr.mqtt.discovery;

/**
 * What Home Assistant was told on one discovery topic.
 *
 * @param payload what was announced there last, {@code ""} where nothing is any more
 * @param tombstone the last payloads with what was taken away since, for a Home Assistant that was not there to hear it;
 *     {@code ""} where nothing was
 */
public record Announced(String payload, String tombstone) {

    /** Nothing was ever announced, or nothing of it is left anywhere. */
    public static final Announced NOTHING = new Announced("", "");
}
