package io.lightnvr.mqtt.broker.paho;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectStage;
import io.lightnvr.mqtt.broker.ReasonCode;
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
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;

/**
 * The socket of a Paho client. Paho's own sockets leave Nagle's algorithm on (the last of 8 messages in a row arrives
 * after 42 ms instead of 1 ms), try only one address of a name, cannot use TLS with IPv6 addresses or with names that
 * contain an underscore, and leak a thread if the broker closes the connection within 100 ms.
 *
 * <p>Paho's threads start, read and write it; {@link #stop} and the getters are for any thread.
 */
final class BrokerSocket implements NetworkModule {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int ALL_CONNECT_MILLIS = 7_000;
    private static final int HANDSHAKE_MILLIS = 5_000;

    /** Paho starts its threads in steps of 100 ms, and hangs if the stream ends before all of them run. */
    private static final long EARLIEST_END_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    private final BrokerSettings settings;
    private final Optional<SSLSocketFactory> tls;
    private final AtomicInteger queued = new AtomicInteger();
    private volatile Socket plain;
    private volatile Socket socket;
    private volatile ConnectStage stage = ConnectStage.RESOLVING;
    private volatile boolean stopped;
    private final ConnackFix.Seen answer = new ConnackFix.Seen() {

        @Override
        public void reason(ReasonCode given) {
            reason = given;
        }

        @Override
        public void unknownProperty(int id) {
            unknownProperty = OptionalInt.of(id);
        }
    };
    private volatile boolean mqtt311;
    private volatile ReasonCode reason = ReasonCode.SUCCESS;
    private volatile OptionalInt unknownProperty = OptionalInt.empty();
    private volatile Optional<SSLException> alert = Optional.empty();
    private volatile Optional<ServerCertificate> certificate = Optional.empty();

    /** When the stage became {@link ConnectStage#AWAITING_CONNACK}; meaningless before. */
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

    /** Counts a message that Paho has accepted. */
    void messageQueued() {
        queued.incrementAndGet();
    }

    /** Whether the broker answered with a CONNACK of MQTT 3.1.1, which Paho's MQTT 5 client cannot read. */
    boolean speaksMqtt311() {
        return mqtt311;
    }

    /** The reason in the broker's CONNACK; success before. Paho does not know each that a broker may give. */
    ReasonCode reason() {
        return reason;
    }

    /** A property in the broker's CONNACK that MQTT 5 does not have there. */
    OptionalInt unknownProperty() {
        return unknownProperty;
    }

    /**
     * The broker's TLS alert after the handshake, if there was one: in TLS 1.3 a broker checks the client's certificate
     * when the handshake is over for the client. Paho may report a failed write instead.
     */
    Optional<SSLException> lateAlert() {
        return alert;
    }

    /** How far the attempt has come; unchanged when the connection ends. */
    ConnectStage stage() {
        return stage;
    }

    /** The broker's certificate; empty without TLS. */
    Optional<ServerCertificate> certificate() {
        return certificate;
    }

    /**
     * The timeout for each address of a name, in milliseconds: all of them end within the 8 s that an attempt may take, so
     * that the last address is tried even if no other answers.
     */
    static int millisForEach(int addresses) {
        return Math.min(CONNECT_MILLIS, ALL_CONNECT_MILLIS / addresses);
    }

    private void connect(InetAddress address, int millis) throws IOException {
        LenientHandshakeSocket tcp = new LenientHandshakeSocket();
        plain = tcp;
        if (stopped) {
            throw new IOException("stopped");
        }
        stage = ConnectStage.CONNECTING;
        tcp.setTcpNoDelay(true);
        tcp.connect(new InetSocketAddress(address, settings.port()), millis);
        socket = tls.isPresent() ? secured(tcp, tls.get()) : tcp;
        tcp.handshakeDone();
        connectedAt = System.nanoTime();
        stage = ConnectStage.AWAITING_CONNACK;
    }

    private SSLSocket secured(Socket tcp, SSLSocketFactory factory) throws IOException {
        stage = ConnectStage.SECURING;
        SSLSocket secure = (SSLSocket) factory.createSocket(tcp, settings.host(), settings.port(), true);
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

    /** Buffered, since Paho reads byte by byte. It asks for this before it starts its threads. */
    @Override
    public InputStream getInputStream() throws IOException {
        StartSleeps.cut();
        return new BufferedInputStream(new PublishAnswerFix(
                new BufferedInputStream(new ConnackFix(new Incoming(socket.getInputStream()), answer))));
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new BatchingOutput(socket.getOutputStream(), queued);
    }

    @Override
    public void stop() {
        stopped = true;
        close();
    }

    /**
     * Closes the TCP socket without a close_notify of TLS: {@link SSLSocket#close} waits for a write in progress, which
     * takes minutes if the broker has frozen (JDK-8241239). MQTT has DISCONNECT instead.
     */
    private void close() {
        Socket open = plain;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // The connection is lost either way.
            }
        }
    }

    /** Waits until all of Paho's threads run: an earlier end of the connection leaks one of them. */
    void awaitEndable() {
        if (stage != ConnectStage.AWAITING_CONNACK) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(EARLIEST_END_NANOS - (System.nanoTime() - connectedAt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String getServerURI() {
        return settings.address();
    }

    /** Detects a CONNACK of MQTT 3.1.1, and delays an end of the stream that comes too early for Paho. */
    private final class Incoming extends FilterInputStream {

        private static final int CONNACK = 0x20;
        private static final int MQTT_311_LENGTH = 2;

        private int position;
        private boolean connack;

        Incoming(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = delayingTheEnd(() -> super.read());
            inspect(value);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = delayingTheEnd(() -> super.read(bytes, offset, length));
            for (int i = 0; i < Math.min(count, 2); i++) {
                inspect(bytes[offset + i]);
            }
            return count;
        }

        /** 0, since Paho only uses it to note activity, and the true answer costs a system call each time. */
        @Override
        public int available() {
            return 0;
        }

        private void inspect(int value) {
            if (position == 0) {
                connack = value == CONNACK;
            } else if (position == 1) {
                mqtt311 = connack && value == MQTT_311_LENGTH;
            }
            position = Math.min(position + 1, 2);
        }

        private int delayingTheEnd(Read read) throws IOException {
            try {
                int result = read.get();
                if (result < 0) {
                    awaitEndable();
                }
                return result;
            } catch (IOException e) {
                if (e instanceof SSLException late) {
                    alert = Optional.of(late);
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
