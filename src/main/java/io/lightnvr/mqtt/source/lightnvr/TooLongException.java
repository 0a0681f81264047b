package io.lightnvr.mqtt.source.lightnvr;

import java.io.IOException;

/** A body is longer than what it may have. */
final class TooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int maxBytes;

    TooLongException(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The size of the largest body. */
    int maxBytes() {
        return maxBytes;
    }
}
