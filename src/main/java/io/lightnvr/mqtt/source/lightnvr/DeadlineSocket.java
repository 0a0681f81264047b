package io.lightnvr.mqtt.source.lightnvr;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A socket that is read up to a deadline, however slowly bytes drip, and while the thread is not interrupted. Whoever reads may
 * also be TLS, which reads several times for one byte of its own. One thread at a time reads; any may close it.
 */
final class DeadlineSocket extends Socket {

    /** How often a thread that waits for bytes looks whether it was interrupted. */
    private static final int LOOK_MILLIS = 100;

    private long deadline;
    private int timeout;

    /** A socket that asks no proxy. */
    DeadlineSocket() {
        super(Proxy.NO_PROXY);
    }

    /** Sets until when it may be read, by {@link System#nanoTime}. */
    void readUntil(long nanoTime) {
        deadline = nanoTime;
    }

    /**
     * Returns what reads up to the deadline. It throws {@link SocketTimeoutException} when that is over, and another {@link
     * InterruptedIOException} when the thread was interrupted, which stays set.
     */
    @Override
    public InputStream getInputStream() throws IOException {
        return new Input(super.getInputStream());
    }

    private void waitFor(long nanos) throws IOException {
        int millis = (int) Math.max(1, Math.min(LOOK_MILLIS, TimeUnit.NANOSECONDS.toMillis(nanos)));
        if (millis != timeout) {
            setSoTimeout(millis);
            timeout = millis;
        }
    }

    private final class Input extends FilterInputStream {

        Input(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (true) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new SocketTimeoutException("The deadline is over");
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("The thread was interrupted");
                }
                waitFor(left);
                try {
                    return super.read(bytes, offset, length);
                } catch (SocketTimeoutException e) {
                    // It looks again whether it may go on.
                }
            }
        }
    }
}
