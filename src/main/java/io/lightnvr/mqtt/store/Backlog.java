package io.lightnvr.mqtt.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What is in a store.
 *
 * @param waiting how many events are not acknowledged yet
 * @param oldest since when the oldest of them could have been sent
 * @param dropped how many had to go, since the start
 * @param loss what was last said of those, a sentence
 * @param trouble why nothing can be written, in a sentence
 */
public record Backlog(
        int waiting, Optional<Instant> oldest, long dropped, Optional<String> loss, Optional<String> trouble) {}
