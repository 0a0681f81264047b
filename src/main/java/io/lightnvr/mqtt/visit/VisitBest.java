package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.Box;

/**
 * The surest detection among those that give a visit its type.
 *
 * @param label its class
 * @param confidence 0 to 1
 * @param box its place in the picture
 * @param second the second of its event, on the recorder's clock, in epoch seconds
 * @param eventId the id of its event
 */
public record VisitBest(String label, float confidence, Box box, long second, String eventId) {}
