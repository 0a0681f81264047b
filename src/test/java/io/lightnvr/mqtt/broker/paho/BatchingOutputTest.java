package io.lightnvr.mqtt.broker.paho;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchingOutputTest {

    private static final byte PUBLISH = 0x32;
    private static final byte PINGREQ = (byte) 0xC0;

    private final ByteArrayOutputStream socket = new ByteArrayOutputStream();
    private final AtomicInteger announced = new AtomicInteger();
    private final BatchingOutput outgoing = new BatchingOutput(socket, announced);

    @Test
    void sendsASingleMessageAtOnce() throws IOException {
        announced.set(1);

        packet(PUBLISH, 1);

        assertThat(socket.toByteArray()).containsExactly(PUBLISH, 1);
    }

    @Test
    void holdsAMessageBackUntilTheLastOfThoseAnnounced() throws IOException {
        announced.set(3);

        packet(PUBLISH, 1);
        packet(PUBLISH, 2);
        int held = socket.size();
        packet(PUBLISH, 3);

        assertThat(held).isZero();
        assertThat(socket.toByteArray()).containsExactly(PUBLISH, 1, PUBLISH, 2, PUBLISH, 3);
    }

    @Test
    void sendsAMessageAtOnceWhoseNewsComesLater() throws IOException {
        packet(PUBLISH, 1);
        announced.incrementAndGet();
        int first = socket.size();
        announced.incrementAndGet();
        packet(PUBLISH, 2);

        assertThat(first).isEqualTo(2);
        assertThat(socket.toByteArray()).containsExactly(PUBLISH, 1, PUBLISH, 2);
    }

    @Test
    void sendsEveryOtherPacketAtOnceWithWhatWasHeld() throws IOException {
        announced.set(2);

        packet(PUBLISH, 1);
        packet(PINGREQ, 0);

        assertThat(socket.toByteArray()).containsExactly(PUBLISH, 1, PINGREQ, 0);
        assertThat(announced).hasValue(1);
    }

    @Test
    void keepsTheOrderOfMessagesThatAreMoreThanItHolds() throws IOException {
        byte[] large = new byte[20_000];
        Arrays.fill(large, (byte) 7);
        large[0] = PUBLISH;
        announced.set(2);

        packet(PUBLISH, 1);
        outgoing.write(large, 0, 8_192);
        outgoing.write(large, 8_192, 9_000);
        outgoing.write(large, 17_192, large.length - 17_192);
        outgoing.flush();

        byte[] expected = new byte[2 + large.length];
        expected[0] = PUBLISH;
        expected[1] = 1;
        System.arraycopy(large, 0, expected, 2, large.length);
        assertThat(socket.toByteArray()).isEqualTo(expected);
    }

    @Test
    void takesAPacketByteByByte() throws IOException {
        announced.set(1);

        outgoing.write(PUBLISH);
        outgoing.write(1);
        outgoing.flush();

        assertThat(socket.toByteArray()).containsExactly(PUBLISH, 1);
    }

    private void packet(byte type, int body) throws IOException {
        outgoing.write(new byte[] {type, (byte) body}, 0, 2);
        outgoing.flush();
    }
}
