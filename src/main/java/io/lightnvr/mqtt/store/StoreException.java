package io.lightnvr.mqtt.store;

import java.io.IOException;

/** Thrown if a store must not or cannot be opened: another process uses it, or a newer version wrote it. */
public sealed class StoreException extends IOException permits LibraryException {

    private static final long serialVersionUID = 1L;

    /**
     * @param sentence the cause and what to do
     */
    public StoreException(String sentence) {
        super(sentence);
    }
}
