package io.lightnvr.mqtt.source.lightnvr;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/**
 * A server on the loopback that writes whatever bytes it is told to. It reads as LightNVR does: what comes with the
 * first reading must be the whole head.
 */
public final class RawServer implements AutoCloseable {

    private static final int READ_AT_ONCE = 16_384;

    private final ServerSocket server;
    private final Handler handler;
    public final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Answers a request; an exception closes the connection. */
    public interface Handler {
        void answer(Request request, OutputStream out) throws IOException;
    }

    /** A request, as it came. */
    public record Request(String line, String head, String body, boolean headInOneRead) {

        public Optional<String> header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst();
        }

        public String path() {
            return line.split(" ")[1];
        }
    }

    public RawServer(Handler handler) {
        this(ServerSocketFactory.getDefault(), 0, handler);
    }

    /** @param port where it listens; 0 for any free one */
    public RawServer(ServerSocketFactory sockets, int port, Handler handler) {
        this.handler = handler;
        try {
            server = sockets.createServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** A server that gives the same bytes to any question. */
    public static RawServer always(byte[] answer) {
        return new RawServer((request, out) -> out.write(answer));
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    public static byte[] bytes(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A whole answer. */
    static byte[] ok(String json) {
        return answer("200 OK", json);
    }

    public static byte[] answer(String status, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return bytes("HTTP/1.1 %s\nContent-Type: application/json\nContent-Length: %d\n\n%s"
                .formatted(status, length, body));
    }

    /** How many connections it took. */
    int connections() {
        return sockets.size();
    }

    List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Optional<Request> request = read(socket.getInputStream());
            while (request.isPresent()) {
                requests.add(request.get());
                handler.answer(request.get(), socket.getOutputStream());
                request = read(socket.getInputStream());
            }
        } catch (IOException e) {
            // The connection is closed: that is what the client sees.
        }
    }

    private static Optional<Request> read(InputStream in) throws IOException {
        byte[] buffer = new byte[READ_AT_ONCE];
        int length = in.read(buffer);
        if (length < 0) {
            return Optional.empty();
        }
        String text = new String(buffer, 0, length, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        String head = end < 0 ? text : text.substring(0, end);
        Request request = new Request(head.lines().findFirst().orElse(""), head, "", end >= 0);
        int bodyLength = request.header("Content-Length").map(Integer::parseInt).orElse(0);
        String begun = end < 0 ? "" : text.substring(end + 4);
        byte[] rest = in.readNBytes(bodyLength - begun.getBytes(StandardCharsets.UTF_8).length);
        return Optional.of(new Request(
                request.line(), head, begun + new String(rest, StandardCharsets.UTF_8), request.headInOneRead()));
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
