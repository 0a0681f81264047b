package io.lightnvr.mqtt.store;

import java.io.IOException;

/** Thrown if a store must not be opened: another process uses it, or a newer version wrote it. */
public final class StoreException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param sentence the cause and what to do
     */
    public StoreException(String sentence) {
        super(sentence);
    }
}
