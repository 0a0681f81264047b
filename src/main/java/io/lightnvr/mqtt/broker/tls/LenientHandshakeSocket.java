package io.lightnvr.mqtt.broker.tls;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket that ignores failed writes until {@link #handshakeDone}; the next read fails instead. A broker that rejects the
 * client's certificate sends an alert and closes the connection while the client is still writing. The alert can still be
 * read, but Java's TLS does not read after a failed write.
 */
public final class LenientHandshakeSocket extends Socket {

    private volatile boolean handshakeDone;

    /** From now on, failed writes are reported. */
    public void handshakeDone() {
        handshakeDone = true;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    if (handshakeDone || isClosed()) {
                        throw e;
                    }
                }
            }
        };
    }
}
