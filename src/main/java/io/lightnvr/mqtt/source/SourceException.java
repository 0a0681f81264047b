package io.lightnvr.mqtt.source;

import java.io.IOException;

/** The source did not answer, or not as expected; a later attempt may succeed. */
public final class SourceException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param sentence what happened, for people, without secrets */
    public SourceException(String sentence) {
        super(sentence);
    }

    public SourceException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
