package io.lightnvr.mqtt.source.lightnvr;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A connection to the recorder, which takes one request after the other. One thread at a time uses it, {@link #close} is for any
 * thread and ends whatever it waits for. Deadlines are by {@link System#nanoTime}.
 */
final class RecorderConnection implements AutoCloseable {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final URI url;
    private volatile Optional<Future<?>> lookup = Optional.empty();
    private volatile DeadlineSocket socket = new DeadlineSocket();
    private volatile boolean isClosed;
    private InputStream in;
    private OutputStream out;
    private AnswerReader answers;

    /** @param url with {@code http} or {@code https} */
    RecorderConnection(URI url) {
        this.url = url;
    }

    /**
     * Connects to the first address of the host that takes a connection.
     *
     * @param most for each address
     * @throws CancellationException if it was closed before
     * @throws ConnectException if there is none, with an {@link UnknownHostException} as its cause if the host has no address
     * @throws IOException if the recorder cannot be trusted, or does not answer before the deadline
     */
    void open(HostLookup hosts, Duration most, long deadline) throws IOException, InterruptedException {
        InetAddress[] addresses = addresses(hosts.start(), deadline);
        for (int i = 0; i < addresses.length; i++) {
            long fair = (deadline - System.nanoTime()) / (addresses.length - i);
            if (connect(addresses[i], Math.min(fair, most.toNanos()), i == addresses.length - 1)) {
                break;
            }
        }
        socket.readUntil(deadline);
        Socket used = isSecure() ? secured() : socket;
        in = used.getInputStream();
        out = used.getOutputStream();
        answers = new AnswerReader(in);
    }

    private InetAddress[] addresses(Future<InetAddress[]> found, long deadline)
            throws IOException, InterruptedException {
        lookup = Optional.of(found);
        try {
            checkOpen();
            return found.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("The name server does not answer");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unreachable(unknown);
            }
            throw new IllegalStateException("The lookup of a host failed", e.getCause());
        } finally {
            found.cancel(true);
        }
    }

    /** Returns whether an address takes a connection; throws if the last one does not. */
    private boolean connect(InetAddress address, long nanos, boolean isLastAddress) throws IOException {
        DeadlineSocket tried = new DeadlineSocket();
        socket = tried;
        try {
            checkOpen();
            tried.setTcpNoDelay(true);
            int port = url.getPort() >= 0 ? url.getPort() : isSecure() ? HTTPS_PORT : HTTP_PORT;
            tried.connect(
                    new InetSocketAddress(address, port), (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
            return true;
        } catch (IOException e) {
            tried.close();
            if (isLastAddress || isClosed) {
                throw unreachable(e);
            }
            return false;
        }
    }

    private static ConnectException unreachable(IOException cause) {
        ConnectException unreachable = new ConnectException("No connection");
        unreachable.initCause(cause);
        return unreachable;
    }

    private boolean isSecure() {
        return url.getScheme().equalsIgnoreCase("https");
    }

    private SSLSocket secured() throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secure = (SSLSocket) factory.createSocket(socket, url.getHost(), socket.getPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /** Returns whether nothing came unasked, which would be taken for the next answer. */
    boolean isClean() {
        try {
            return in.available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Sends a request and reads the answer.
     *
     * @param maxBytes the size of the largest body
     * @throws NoAnswerException if the connection ended before the answer began
     * @throws IOException if there is no answer before the deadline or within the size
     */
    HttpAnswer ask(byte[] request, int maxBytes, long deadline) throws IOException {
        socket.readUntil(deadline);
        try {
            out.write(request);
            return answers.read(maxBytes);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw answers.hasBegun() ? e : new NoAnswerException(e);
        }
    }

    private void checkOpen() {
        if (isClosed) {
            throw new CancellationException("The connection is closed");
        }
    }

    /**
     * Closes it without a close_notify of TLS, as {@code BrokerSocket} does: {@link SSLSocket#close} may wait for a write in
     * progress.
     */
    @Override
    public void close() {
        isClosed = true;
        lookup.ifPresent(found -> found.cancel(true));
        try {
            socket.close();
        } catch (IOException e) {
            // The connection is lost either way.
        }
    }

    /** The connection ended before any byte of an answer. */
    static final class NoAnswerException extends IOException {

        private static final long serialVersionUID = 1L;

        private final IOException reason;

        private NoAnswerException(IOException reason) {
            super(reason);
            this.reason = reason;
        }

        /** How it ended. */
        IOException reason() {
            return reason;
        }
    }
}
