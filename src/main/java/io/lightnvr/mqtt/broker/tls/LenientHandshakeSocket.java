package io.lightnvr.mqtt.broker.tls;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket on which, until it is said to be {@link #settled}, a write to a broken connection does not fail; the next
 * read does. A broker that does not like our certificate says so and closes while we are still writing: what it said
 * can be read afterwards, but Java's TLS reads nothing more when a write has failed.
 */
public final class LenientHandshakeSocket extends Socket {

    private volatile boolean settled;

    /** The handshake is over. */
    public void settled() {
        settled = true;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    if (settled || isClosed()) {
                        throw e;
                    }
                }
            }
        };
    }
}
