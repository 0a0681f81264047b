package io.lightnvr.mqtt.broker.paho;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectStage;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.tls.LenientHandshakeSocket;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;

/**
 * The socket below a Paho client. Paho's own sockets leave Nagle's algorithm on (the last of 8 messages in a row
 * arrives after 42 ms instead of 1 ms), try one address of a name only, cannot do TLS to IPv6 addresses or to names with
 * an underscore, and leak a thread when the broker closes within 100 ms.
 */
final class BrokerSocket implements NetworkModule {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int ALL_CONNECT_MILLIS = 7_000;
    private static final int HANDSHAKE_MILLIS = 5_000;

    /** Paho starts its threads in steps of 100 ms and hangs when the stream ends before they all run. */
    private static final long EARLIEST_END_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    private final BrokerSettings settings;
    private final Optional<SSLSocketFactory> tls;
    private final AtomicInteger announced = new AtomicInteger();
    private volatile Socket plain;
    private volatile Socket socket;
    private volatile ConnectStage stage = ConnectStage.RESOLVING;
    private volatile boolean stopped;
    private volatile boolean oldProtocol;
    private volatile Optional<SSLException> alert = Optional.empty();
    private volatile Optional<ServerCertificate> certificate = Optional.empty();
    private volatile long connectedAt;

    BrokerSocket(BrokerSettings settings, Optional<SSLSocketFactory> tls) {
        this.settings = settings;
        this.tls = tls;
    }

    @Override
    public void start() throws IOException {
        IOException last = null;
        InetAddress[] addresses = InetAddress.getAllByName(settings.host());
        for (InetAddress address : addresses) {
            try {
                connect(address, millisForEach(addresses.length));
                return;
            } catch (IOException e) {
                last = e;
                close();
                if (stopped || e instanceof SSLException) {
                    throw e;
                }
            }
        }
        throw last;
    }

    /** Paho has got a message to send. */
    void announce() {
        announced.incrementAndGet();
    }

    /** Whether the broker answered as MQTT 3.1.1 does, which Paho's MQTT 5 client cannot speak. */
    boolean spokeOldProtocol() {
        return oldProtocol;
    }

    /**
     * What the broker said against our handshake when that was over for us: in TLS 1.3 it looks at our certificate only
     * then. Paho's writing thread may fail before its reading one hears it.
     */
    Optional<SSLException> lateAlert() {
        return alert;
    }

    /** How far it has come; it stays there when the connection ends. */
    ConnectStage stage() {
        return stage;
    }

    /** What the broker has shown; nothing without TLS. */
    Optional<ServerCertificate> certificate() {
        return certificate;
    }

    /**
     * How long each address of a name may take, in milliseconds: all of them together less than the 8 s after which an attempt is
     * given up, so that the last one is reached even if all others swallow what is sent to them.
     */
    static int millisForEach(int addresses) {
        return Math.min(CONNECT_MILLIS, ALL_CONNECT_MILLIS / addresses);
    }

    private void connect(InetAddress address, int millis) throws IOException {
        LenientHandshakeSocket fresh = new LenientHandshakeSocket();
        plain = fresh;
        if (stopped) {
            throw new IOException("stopped");
        }
        stage = ConnectStage.CONNECTING;
        fresh.setTcpNoDelay(true);
        fresh.connect(new InetSocketAddress(address, settings.port()), millis);
        socket = tls.isPresent() ? secured(fresh, tls.get()) : fresh;
        fresh.settled();
        connectedAt = System.nanoTime();
        stage = ConnectStage.AWAITING_CONNACK;
    }

    private SSLSocket secured(Socket plain, SSLSocketFactory factory) throws IOException {
        stage = ConnectStage.SECURING;
        SSLSocket secure = (SSLSocket) factory.createSocket(plain, settings.host(), settings.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.setSoTimeout(HANDSHAKE_MILLIS);
        secure.startHandshake();
        secure.setSoTimeout(0);
        if (secure.getSession().getPeerCertificates()[0] instanceof X509Certificate shown) {
            certificate = Optional.of(ServerCertificate.of(shown));
        }
        return secure;
    }

    /** Buffered, since Paho reads byte by byte. */
    @Override
    public InputStream getInputStream() throws IOException {
        return new BufferedInputStream(new RefusedPubrecFix(
                new BufferedInputStream(new ReceiveMaximumFix(new Incoming(socket.getInputStream())))));
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new BatchingOutput(socket.getOutputStream(), announced);
    }

    @Override
    public void stop() {
        stopped = true;
        close();
    }

    /**
     * Closes TCP without TLS's farewell: {@link SSLSocket#close} first waits for a write that is under way, which with a
     * frozen broker takes minutes (JDK-8241239). MQTT has its own farewell.
     */
    private void close() {
        Socket open = plain;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }

    /** Waits until all of Paho's threads run, before which an end of the connection leaves one of them behind for ever. */
    void awaitEndable() {
        long wait = connectedAt == 0 ? 0 : EARLIEST_END_NANOS - (System.nanoTime() - connectedAt);
        try {
            TimeUnit.NANOSECONDS.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String getServerURI() {
        return settings.address();
    }

    /** Notices a CONNACK of MQTT 3.1.1, and holds back an end that comes too early for Paho. */
    private final class Incoming extends FilterInputStream {

        private static final int CONNACK = 0x20;
        private static final int OLD_CONNACK_LENGTH = 2;

        private int position;
        private boolean connack;

        Incoming(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = ended(() -> super.read());
            look(value);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = ended(() -> super.read(bytes, offset, length));
            for (int i = 0; i < Math.min(count, 2); i++) {
                look(bytes[offset + i]);
            }
            return count;
        }

        /** Paho only asks to note down that it is receiving; an honest answer costs a system call each time. */
        @Override
        public int available() {
            return 0;
        }

        private void look(int value) {
            if (position == 0) {
                connack = value == CONNACK;
            } else if (position == 1) {
                oldProtocol = connack && value == OLD_CONNACK_LENGTH;
            }
            position = Math.min(position + 1, 2);
        }

        private int ended(Read read) throws IOException {
            try {
                int result = read.get();
                if (result < 0) {
                    awaitEndable();
                }
                return result;
            } catch (IOException e) {
                if (e instanceof SSLException said) {
                    alert = Optional.of(said);
                }
                awaitEndable();
                throw e;
            }
        }
    }

    private interface Read {
        int get() throws IOException;
    }
}
