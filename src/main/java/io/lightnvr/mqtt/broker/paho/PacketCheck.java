package io.lightnvr.mqtt.broker.paho;

import java.io.IOException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;

/**
 * Keeps packets from Paho that would end its thread without a word, or all of the process: those that its parser leaves by an
 * exception that Paho does not catch, such as a message on a topic with a control character, and those whose properties are said to
 * be longer than any packet, for which Paho takes up to 256 MiB at once.
 */
final class PacketCheck {

    private static final int TYPE = 0xF0;
    private static final int PUBLISH = 0x30;
    private static final int CONTINUES = 0x80;

    private final byte[] packet;
    private int position = 1;

    private PacketCheck(byte[] packet) {
        this.packet = packet;
    }

    /**
     * Whether Paho can take a packet. It may still find it malformed, and end the connection.
     *
     * @return false if it is a message, which can be left out
     * @throws IOException if it is any other packet, without which the connection cannot go on
     */
    static boolean canBeTaken(byte[] packet) throws IOException {
        try {
            if (new PacketCheck(packet).hasPossibleProperties()) {
                MqttWireMessage.createWireMessage(packet);
                return true;
            }
        } catch (MqttException e) {
            return true;
        } catch (RuntimeException e) {
            if ((packet[0] & TYPE) != PUBLISH) {
                throw new IOException("The broker sent a packet that cannot be understood", e);
            }
        }
        if ((packet[0] & TYPE) == PUBLISH) {
            return false;
        }
        throw new IOException("The broker sent a packet that says to be longer than it is");
    }

    private boolean hasPossibleProperties() {
        number();
        position += bytesBeforeProperties();
        return position >= packet.length || number() <= PublishAnswerFix.MOST_BYTES;
    }

    private int bytesBeforeProperties() {
        return switch (packet[0] & TYPE) {
            case PUBLISH ->
                MessageStub.topicEnd(packet, position) - position + (MessageStub.hasIdentifier(packet[0]) ? 2 : 0);
            case 0x20, 0x90, 0xB0 -> 2; // flags and reason, or a packet identifier
            case 0x40, 0x50, 0x60, 0x70 -> 3; // a packet identifier and a reason
            case 0xE0, 0xF0 -> 1; // a reason
            case 0x10, 0x80, 0xA0, 0xC0 -> throw new IllegalArgumentException("Only clients send this");
            default -> packet.length; // there are none
        };
    }

    /** A variable byte integer, as far as it is there. */
    private int number() {
        int number = 0;
        int value = CONTINUES;
        for (int shift = 0; shift <= 21 && (value & CONTINUES) != 0 && position < packet.length; shift += 7) {
            value = packet[position++];
            number |= (value & 0x7F) << shift;
        }
        return number;
    }
}
