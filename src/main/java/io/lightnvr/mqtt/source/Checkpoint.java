package io.lightnvr.mqtt.source;

import java.util.Objects;

/**
 * Records how far a stream was read, so that reading continues there after a restart. A store keeps it and returns it
 * unchanged; it need not understand the position. The source itself drops from {@code seen} what is too old.
 *
 * @param position text that only the source understands; changes with nearly every poll
 * @param seen the rows that are not new any more; the same object as in the previous checkpoint if nothing changed
 */
public record Checkpoint(String position, SeenRows seen) {

    public Checkpoint {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(seen, "seen");
    }
}
