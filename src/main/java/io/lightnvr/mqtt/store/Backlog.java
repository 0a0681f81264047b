package io.lightnvr.mqtt.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What is in an outbox.
 *
 * @param waiting how many events are not acknowledged yet
 * @param oldest since when the oldest of them could have been sent
 * @param dropped how many had to make room, since the start
 */
public record Backlog(int waiting, Optional<Instant> oldest, long dropped) {}
