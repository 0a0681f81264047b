package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import java.util.Set;

/**
 * Asks for the events that are sent next.
 *
 * @param limit how many events at most
 * @param delayedLimit how many of them may be delayed ones
 * @param except streams whose events go on waiting
 */
public record TakeRequest(int limit, int delayedLimit, Set<StreamName> except) {}
