package io.lightnvr.mqtt.supervisor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lightnvr.mqtt.it.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Supervisor on the loopback that answers {@code GET /services/mqtt} as a real one was seen to, or as it is told to,
 * and knows one token.
 */
public final class FakeSupervisor implements AutoCloseable {

    /** The token that it knows. */
    public static final String TOKEN = "token-Wd2Ke7";

    private static final int OK = 200;
    private static final int REFUSED = 400;
    private static final int FORBIDDEN = 403;

    private final HttpServer server;
    private final AtomicInteger questions = new AtomicInteger();
    private volatile int status;
    private volatile String body;

    private FakeSupervisor(HttpServer server) {
        this.server = server;
        tellNotEnabled();
        server.createContext("/services/mqtt", this::answer);
        server.start();
    }

    /** Starts it; there is no broker yet. */
    public static FakeSupervisor start() {
        try {
            return new FakeSupervisor(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it gives the add-on that it starts. */
    public Map<String, String> environment() {
        return Map.of("SUPERVISOR", "http://127.0.0.1:" + server.getAddress().getPort(), "SUPERVISOR_TOKEN", TOKEN);
    }

    /** How often it was asked. */
    public int questions() {
        return questions.get();
    }

    /** A broker on the loopback that wants this login. */
    public void tellBroker(int port, String username, String password) {
        tellBroker(port, false, username, password);
    }

    /** A broker on the loopback that speaks TLS and lets everybody in. */
    public void tellTlsBroker(int port) {
        tellBroker(port, true, "", "");
    }

    private void tellBroker(int port, boolean tls, String username, String password) {
        tell(OK, """
                {"result":"ok","data":{"host":"127.0.0.1","port":%d,"ssl":%b,"protocol":"3.1.1",\
                "username":"%s","password":"%s","addon":"core_mosquitto"}}""".formatted(port, tls, username, password));
    }

    /** There is no broker. */
    public void tellNotEnabled() {
        tellError("Service not enabled");
    }

    void tellError(String message) {
        tell(REFUSED, "{\"result\":\"error\",\"message\":\"" + message + "\"}");
    }

    /** Answers the right token with this. */
    public void tell(int newStatus, String newBody) {
        status = newStatus;
        body = newBody;
    }

    private void answer(HttpExchange exchange) throws IOException {
        questions.incrementAndGet();
        boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] bytes = (known ? body : "403: Forbidden").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? status : FORBIDDEN, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
