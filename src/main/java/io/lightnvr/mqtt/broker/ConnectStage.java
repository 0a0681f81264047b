package io.lightnvr.mqtt.broker;

/** How far an attempt to connect has come. */
public enum ConnectStage {
    /** The Supervisor is asked for the broker's address. */
    LOOKING_UP("is not known yet: the Supervisor does not answer"),
    /** DNS is asked for the addresses of the broker's name. */
    RESOLVING("has no known address yet: DNS does not answer"),
    /** One of its addresses is tried. */
    CONNECTING("does not answer"),
    SECURING("accepts the connection but does not answer the TLS handshake"),
    /** CONNECT is sent, or about to be. */
    AWAITING_CONNACK("accepts the connection but does not answer in MQTT");

    private final String silence;

    ConnectStage(String silence) {
        this.silence = silence;
    }

    /** The predicate of a sentence about a broker with which an attempt goes no further than this. */
    public String silence() {
        return silence;
    }
}
