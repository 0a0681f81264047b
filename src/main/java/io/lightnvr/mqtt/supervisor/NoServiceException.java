package io.lightnvr.mqtt.supervisor;

import io.lightnvr.mqtt.broker.ConnectFailure;

/** The Supervisor names no broker. The message is a sentence for people: why, and what to do. */
public final class NoServiceException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ConnectFailure.Kind kind;

    NoServiceException(ConnectFailure.Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    ConnectFailure failure() {
        return new ConnectFailure(kind, getMessage());
    }
}
