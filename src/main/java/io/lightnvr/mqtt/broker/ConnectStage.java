package io.lightnvr.mqtt.broker;

/** How far an attempt to connect has come. */
public enum ConnectStage {
    /** Asks the Supervisor where the broker is. */
    LOOKING_UP("is not known yet: the Supervisor does not answer"),
    /** Asks DNS for the addresses of the broker's host name. */
    RESOLVING("has no known address yet: DNS does not answer"),
    /** Opens a TCP connection to one of these addresses. */
    CONNECTING("does not answer"),
    /** Shakes hands with TLS. */
    SECURING("accepts the connection but does not answer the TLS handshake"),
    /** Sends CONNECT and waits for the broker's answer; also the stage of an established connection. */
    AWAITING_CONNACK("accepts the connection but does not answer in MQTT 5 (does it speak only MQTT 3.1.1?)");

    private final String silence;

    ConnectStage(String silence) {
        this.silence = silence;
    }

    /** What is wrong with a broker if the attempt gets no further: the predicate of a sentence, for people. */
    public String silence() {
        return silence;
    }
}
