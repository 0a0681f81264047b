package io.lightnvr.mqtt.source;

import java.io.IOException;

/** The source did not answer, or not as expected; a later attempt may succeed. */
public final class SourceException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean isRefusal;

    /** @param sentence what happened, for people, without secrets */
    public SourceException(String sentence) {
        super(sentence);
        this.isRefusal = false;
    }

    public SourceException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.isRefusal = false;
    }

    private SourceException(String sentence, boolean isRefusal) {
        super(sentence);
        this.isRefusal = isRefusal;
    }

    /** The source answers, but does not show this to the login: only a change of rights helps. */
    public static SourceException refusal(String sentence) {
        return new SourceException(sentence, true);
    }

    /** Returns whether the source refuses, so that it is not silent; it may not even have been asked again. */
    public boolean isRefusal() {
        return isRefusal;
    }
}
