package io.lightnvr.mqtt.source;

import java.io.IOException;

/** The source could not answer, or not with what was expected; trying again later may help. */
public final class SourceException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param sentence what happened, for people, without secrets
     */
    public SourceException(String sentence) {
        super(sentence);
    }

    public SourceException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
