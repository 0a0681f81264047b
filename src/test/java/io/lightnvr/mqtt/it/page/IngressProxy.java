package io.lightnvr.mqtt.it.page;

import io.lightnvr.mqtt.it.TestBed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Home Assistant with its Supervisor, as far as ingress goes: below a prefix it asks the add-on, without the prefix, with what
 * the two add to a request and what they leave out. All other addresses are a page of Home Assistant with the add-on's in a frame.
 *
 * <p>The add-on is in another network; a {@link RelayProgram} there takes the bytes from a socket in the file system.
 */
final class IngressProxy implements AutoCloseable {

    static final String PREFIX = "/api/hassio_ingress/Zk3-token_x";

    private static final Set<String> LEFT_OUT =
            Set.of("accept-encoding", "connection", "keep-alive", "content-encoding", "transfer-encoding");
    private static final String FRAME =
            "<!doctype html><title>Home Assistant</title><link rel=\"icon\" href=\"data:,\"><style>iframe{width:100%;height:800px;border:0}</style>"
                    + "<iframe src=\"" + PREFIX + "/\"></iframe>";

    private final ServerSocket server;
    private final Path relay;

    private IngressProxy(ServerSocket server, Path relay) {
        this.server = server;
        this.relay = relay;
    }

    /** Starts it on the loopback. */
    static IngressProxy start(TestBed bed, Path relay) {
        try {
            IngressProxy proxy = new IngressProxy(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), relay);
            bed.own(proxy);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where Home Assistant is. */
    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket browser = server.accept();
            daemon(() -> serve(browser));
        }
    }

    private void serve(Socket browser) throws IOException {
        try (browser) {
            InputStream in = new BufferedInputStream(browser.getInputStream());
            List<String> head = head(in);
            String[] first = head.get(0).split(" ");
            if (!first[1].startsWith(PREFIX)) {
                browser.getOutputStream().write(page());
                return;
            }
            byte[] body = in.readNBytes(length(head));
            try (SocketChannel addon = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                addon.connect(UnixDomainSocketAddress.of(relay));
                addon.write(ByteBuffer.wrap(forwarded(head, first)));
                addon.write(ByteBuffer.wrap(body));
                RelayProgram.pump(addon, browser.getOutputStream());
            }
        }
    }

    private static byte[] page() {
        return ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + FRAME)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] forwarded(List<String> head, String[] first) {
        List<String> lines = new ArrayList<>();
        lines.add(first[0] + " " + first[1].substring(PREFIX.length()) + " HTTP/1.1");
        for (String line : head.subList(1, head.size())) {
            if (!LEFT_OUT.contains(name(line))) {
                lines.add(line);
            }
        }
        lines.add("X-Ingress-Path: " + PREFIX);
        lines.add("X-Hass-Source: core.ingress");
        lines.add("X-Forwarded-For: 192.168.1.23");
        lines.add("X-Forwarded-Host: " + value(head, "host"));
        lines.add("X-Forwarded-Proto: http");
        lines.add("X-Remote-User-Id: 0123456789abcdef");
        lines.add("Connection: close");
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The browser has gone");
            }
            head.append((char) next);
        }
        return List.of(head.toString().strip().split("\r\n"));
    }

    private static int length(List<String> head) {
        String length = value(head, "content-length");
        return length.isEmpty() ? 0 : Integer.parseInt(length);
    }

    private static String value(List<String> head, String name) {
        return head.stream()
                .filter(line -> name(line).equals(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static String name(String line) {
        return line.split(":", 2)[0].toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Work on a connection, which ends when that is closed. */
    interface Work {
        void run() throws IOException;
    }

    static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of both has gone, as browsers do.
                    }
                },
                "ingress");
        thread.setDaemon(true);
        thread.start();
    }
}
