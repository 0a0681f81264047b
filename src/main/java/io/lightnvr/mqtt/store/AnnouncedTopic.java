package io.lightnvr.mqtt.store;

/**
 * What the broker and Home Assistant may keep of a discovery topic.
 *
 * @param payload the last retained payload; empty if the topic is cleared
 * @param tombstone the last payload with what was removed since, for a Home Assistant that was not running then; empty if
 *     nothing was removed
 */
public record AnnouncedTopic(String payload, String tombstone) {}
