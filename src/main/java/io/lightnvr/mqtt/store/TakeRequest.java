package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import java.util.Set;

/**
 * What delivery wants to send next.
 *
 * @param atMost how many events
 * @param heldBack how many of them may be held-back ones
 * @param except streams whose events go on waiting
 */
public record TakeRequest(int atMost, int heldBack, Set<StreamName> except) {}
