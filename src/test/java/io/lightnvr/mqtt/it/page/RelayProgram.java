package io.lightnvr.mqtt.it.page;

import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Takes bytes from a socket in the file system to a port, from an address of the network in which it runs. */
final class RelayProgram {

    private static final int BUFFER = 16 << 10;

    private RelayProgram() {}

    /**
     * Starts it in the network of a test.
     *
     * @return the socket in the file system
     */
    static Path start(TestBed bed, String from, String to, int port) {
        Path socket = bed.folder().resolve("relay-" + from);
        Program program = bed.program(
                "relay from " + from,
                Map.of(),
                List.of(
                        BridgeProcess.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RelayProgram.class.getName(),
                        socket.toString(),
                        from,
                        to,
                        Integer.toString(port)));
        program.output().await("the relay", "ready"::equals);
        return socket;
    }

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(arguments[0]));
            System.out.println("ready");
            while (true) {
                SocketChannel one = server.accept();
                IngressProxy.daemon(() -> relay(one, arguments[1], arguments[2], Integer.parseInt(arguments[3])));
            }
        }
    }

    private static void relay(SocketChannel one, String from, String to, int port) throws IOException {
        try (one;
                Socket other = new Socket(InetAddress.getByName(to), port, InetAddress.getByName(from), 0)) {
            IngressProxy.daemon(() -> {
                pump(one, other.getOutputStream());
                other.shutdownInput();
            });
            pump(other.getInputStream(), one);
        }
    }

    /** Writes what comes, as it comes, until nothing more does. Streams of a channel would wait for each other. */
    static void pump(SocketChannel in, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (in.read(buffer) >= 0) {
            out.write(buffer.array(), 0, buffer.position());
            out.flush();
            buffer.clear();
        }
    }

    private static void pump(InputStream in, SocketChannel out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(ByteBuffer.wrap(buffer, 0, count));
        }
    }
}
