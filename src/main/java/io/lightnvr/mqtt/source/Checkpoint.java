package io.lightnvr.mqtt.source;

import java.util.Objects;

/**
 * How far a stream was read. A store keeps it and gives it back as it was, so that a source goes on there after a
 * restart. It need not understand the position, and must not change either part: what is too old in {@code seen} the
 * source leaves out itself.
 *
 * @param position text that only the source understands; changes with nearly every poll
 * @param seen the rows that are remembered as not new; the same object as in the checkpoint before where nothing changed
 */
public record Checkpoint(String position, SeenRows seen) {

    public Checkpoint {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(seen, "seen");
    }
}
