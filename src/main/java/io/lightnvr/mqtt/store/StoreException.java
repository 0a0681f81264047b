package io.lightnvr.mqtt.store;

import java.io.IOException;

/** The store must not be opened: somebody else uses it, or a newer version wrote it. */
public final class StoreException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param sentence what is the matter and what to do
     */
    public StoreException(String sentence) {
        super(sentence);
    }
}
