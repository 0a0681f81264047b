package io.lightnvr.mqtt.store;

/** Thrown if SQLite's library can be loaded from no folder, which only a person can change. */
public final class LibraryException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final transient StoreTrouble trouble;

    LibraryException(StoreTrouble trouble) {
        super(trouble.toString());
        this.trouble = trouble;
    }

    /** The cause and what to do. */
    StoreTrouble trouble() {
        return trouble;
    }
}
