package io.lightnvr.mqtt.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What a store holds and what it has lost.
 *
 * @param waiting how many events are not acknowledged yet
 * @param oldest when the oldest of them could first have been sent, by the clock of the store
 * @param dropped how many were dropped since the start
 * @param loss the last report about those, a sentence
 * @param trouble why the disk cannot be written, a sentence
 */
public record Backlog(
        int waiting, Optional<Instant> oldest, long dropped, Optional<String> loss, Optional<String> trouble) {}
