package io.lightnvr.mqtt.broker.paho;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What Paho writes, which flushes after each packet. A message leaves with the next one where Paho is known to have that
 * already, so that many of them cost one system call; the last of them, and every other packet, leaves at once.
 *
 * <p>Messages are announced by one thread and written by another one.
 */
final class BatchingOutput extends OutputStream {

    private static final int MOST_HELD_BYTES = 16_384;
    private static final int TYPE_SHIFT = 4;
    private static final int PUBLISH = 3;

    private final OutputStream socket;
    private final AtomicInteger announced;
    private final byte[] held = new byte[MOST_HELD_BYTES];
    private int length;
    private boolean inPacket;
    private boolean message;

    /**
     * @param announced how many messages were handed to Paho, less those that are written; below 0 while the news of one
     *     comes later than the message
     */
    BatchingOutput(OutputStream socket, AtomicInteger announced) {
        this.socket = socket;
        this.announced = announced;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (!inPacket && count > 0) {
            inPacket = true;
            message = (bytes[offset] & 0xFF) >> TYPE_SHIFT == PUBLISH;
        }
        if (count > held.length - length) {
            release();
        }
        if (count > held.length) {
            socket.write(bytes, offset, count);
        } else {
            System.arraycopy(bytes, offset, held, length, count);
            length += count;
        }
    }

    /** The end of a packet. */
    @Override
    public void flush() throws IOException {
        boolean another = message && announced.decrementAndGet() > 0;
        inPacket = false;
        message = false;
        if (!another) {
            release();
            socket.flush();
        }
    }

    private void release() throws IOException {
        socket.write(held, 0, length);
        length = 0;
    }
}
