package io.lightnvr.mqtt.broker;

/**
 * A broker's answer to a packet (MQTT 5, 2.4).
 *
 * @param value 0 to 255; 128 and above is a refusal
 */
public record ReasonCode(int value) {

    public static final ReasonCode SUCCESS = new ReasonCode(0x00);
    public static final ReasonCode NO_SUBSCRIBERS = new ReasonCode(0x10);
    public static final ReasonCode NOT_AUTHORIZED = new ReasonCode(0x87);
    public static final ReasonCode SESSION_TAKEN_OVER = new ReasonCode(0x8E);
    public static final ReasonCode TOPIC_NAME_INVALID = new ReasonCode(0x90);
    public static final ReasonCode PACKET_ID_IN_USE = new ReasonCode(0x91);
    public static final ReasonCode PACKET_TOO_LARGE = new ReasonCode(0x95);
    public static final ReasonCode QUOTA_EXCEEDED = new ReasonCode(0x97);
    public static final ReasonCode PAYLOAD_FORMAT_INVALID = new ReasonCode(0x99);
    public static final ReasonCode NO_WILDCARDS = new ReasonCode(0xA2);

    /** Whether the broker did not do what the packet asked for. */
    public boolean isRefusal() {
        return value >= 0x80;
    }

    /** Whether the broker will never accept this message, however often it is sent. */
    public boolean refusesPayload() {
        return equals(TOPIC_NAME_INVALID) || equals(PACKET_TOO_LARGE) || equals(PAYLOAD_FORMAT_INVALID);
    }

    /** The name that MQTT 5 gives it, in lower case. */
    @Override
    public String toString() {
        return switch (value) {
            case 0x00 -> "success";
            case 0x04 -> "disconnected, will requested";
            case 0x10 -> "no subscribers";
            case 0x80 -> "unspecified error";
            case 0x81 -> "malformed packet";
            case 0x82 -> "protocol error";
            case 0x83 -> "implementation specific error";
            case 0x84 -> "unsupported protocol version";
            case 0x85 -> "client id not valid";
            case 0x86 -> "bad user name or password";
            case 0x87 -> "not authorized";
            case 0x88 -> "server unavailable";
            case 0x89 -> "server busy";
            case 0x8A -> "banned";
            case 0x8B -> "server shutting down";
            case 0x8D -> "keep alive timeout";
            case 0x8E -> "session taken over";
            case 0x8F -> "topic filter invalid";
            case 0x90 -> "topic name invalid";
            case 0x91 -> "packet identifier in use";
            case 0x93 -> "receive maximum exceeded";
            case 0x94 -> "topic alias invalid";
            case 0x95 -> "packet too large";
            case 0x96 -> "message rate too high";
            case 0x97 -> "quota exceeded";
            case 0x98 -> "administrative action";
            case 0x99 -> "payload format invalid";
            case 0x9A -> "retain not supported";
            case 0x9B -> "QoS not supported";
            case 0xA1 -> "subscription identifiers not supported";
            case 0xA2 -> "wildcard subscriptions not supported";
            default -> "reason code " + value;
        };
    }
}
