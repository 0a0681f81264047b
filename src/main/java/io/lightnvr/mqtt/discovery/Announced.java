package io.lightnvr.mqtt.discovery;

/**
 * What was announced on one discovery topic.
 *
 * @param payload the last retained payload; empty if the topic is cleared
 * @param tombstone the last payload with what was removed since, for a Home Assistant that was not running then; empty if
 *     nothing was removed
 */
public record Announced(String payload, String tombstone) {

    /** Nothing is announced, and no removal has to be repeated. */
    public static final Announced NOTHING = new Announced("", "");
}
