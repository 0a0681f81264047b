package io.lightnvr.mqtt.broker.paho;

import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.fuzz.Parser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttConnAck;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;

/** The parsers of what a broker sends, with Paho's own behind them. */
public final class BrokerParsers {

    private static final ConnackFix.Seen SEEN = new ConnackFix.Seen() {
        @Override
        public void reason(ReasonCode reason) {
            reason.toString();
        }

        @Override
        public void unknownProperty(int id) {
            // Told in a sentence.
        }
    };

    private BrokerParsers() {}

    public static List<Parser> all() {
        return List.of(Parser.of("broker's packets", BrokerParsers::read)
                .upTo(4 << 10)
                .refusing(IOException.class)
                .with(hex("2013000010 1200036162 63 26000161000162 21ffff 4003000187"))
                .with(hex("2006000003 21ffff 300b0003612f62 00 68656c6c6f 90040001 0001 b0040001 0011 d000"))
                .with(hex("2003000000 320b0003612f62 0007 020101 68 f0021800"))
                .with(hex("2003000000 4003000187 5003000187 500400018700 7003000192 6203000192 e0028b00"))
                .finding("a topic with a control character", hex("2003000000 30060003612f01 00"))
                .finding("a text in a CONNACK with a null character", hex("20090000061200036100 62"))
                .finding("properties of 35 MiB in 30 bytes", hex("20140000efbbbf11601200036162630160000161000162"))
                .finding("properties of 256 MiB in a packet that only clients send", hex("a2200300ffffff7f"))
                .finding("a packet of 256 MiB in 5 bytes", hex("2003000000 e0ffffff7f")));
    }

    private static byte[] hex(String packets) {
        return HexFormat.of().parseHex(packets.replace(" ", ""));
    }

    private static void read(byte[] input) throws IOException {
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        try (InputStream in = new PublishAnswerFix(new ConnackFix(new ByteArrayInputStream(input), SEEN))) {
            byte[] buffer = new byte[7];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                passed.write(buffer, 0, count);
            }
        }
        ByteBuffer packets = ByteBuffer.wrap(passed.toByteArray());
        while (packets.hasRemaining()) {
            parse(next(packets));
        }
    }

    /** The next packet, or the rest. */
    private static byte[] next(ByteBuffer packets) {
        ByteBuffer packet = packets.slice();
        packet.get();
        int length = 0;
        int value = 0x80;
        for (int shift = 0; shift <= 21 && (value & 0x80) != 0 && packet.hasRemaining(); shift += 7) {
            value = packet.get();
            length |= (value & 0x7F) << shift;
        }
        byte[] whole = new byte[packet.position() + Math.min(length, packet.remaining())];
        packets.get(whole);
        return whole;
    }

    private static void parse(byte[] packet) throws IOException {
        try {
            if (MqttWireMessage.createWireMessage(packet) instanceof MqttConnAck connack) {
                PahoOptions.limits(connack.getProperties());
            }
        } catch (MqttException e) {
            throw new IOException(e);
        }
    }
}
