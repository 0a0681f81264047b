package io.lightnvr.mqtt.broker.paho;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Buffers PUBLISH packets while Paho has more of them to write, so that many cost one system call: Paho flushes after each
 * packet. The last of them, and every other packet, is sent at once.
 *
 * <p>For Paho's sender thread; the counter of queued messages is shared with the thread that publishes.
 */
final class BatchingOutput extends OutputStream {

    private static final int BUFFER_BYTES = 16_384;
    private static final int TYPE_SHIFT = 4;
    private static final int PUBLISH = 3;

    private final OutputStream socket;
    private final AtomicInteger queued;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int length;
    private boolean inPacket;
    private boolean message;

    /**
     * @param queued how many messages Paho has accepted and not yet written; -1 while one is written before it is counted
     */
    BatchingOutput(OutputStream socket, AtomicInteger queued) {
        this.socket = socket;
        this.queued = queued;
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
        if (count > buffer.length - length) {
            writeBuffer();
        }
        if (count > buffer.length) {
            socket.write(bytes, offset, count);
        } else {
            System.arraycopy(bytes, offset, buffer, length, count);
            length += count;
        }
    }

    /** Paho calls this at the end of each packet. */
    @Override
    public void flush() throws IOException {
        boolean another = message && queued.decrementAndGet() > 0;
        inPacket = false;
        message = false;
        if (!another) {
            writeBuffer();
            socket.flush();
        }
    }

    private void writeBuffer() throws IOException {
        socket.write(buffer, 0, length);
        length = 0;
    }
}
