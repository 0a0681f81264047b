package io.lightnvr.mqtt.source.lightnvr;

import java.io.IOException;

/** What came is no answer of HTTP/1.1. */
final class BrokenAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param what was found instead; it never holds what came */
    BrokenAnswerException(String what) {
        super(what);
    }
}
