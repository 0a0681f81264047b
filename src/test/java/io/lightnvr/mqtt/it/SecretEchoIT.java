package io.lightnvr.mqtt.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recorders and brokers that answer with the secrets in it, in a form that nobody understands: what the bridge says of such answers
 * names none of them.
 */
@Execution(ExecutionMode.CONCURRENT)
class SecretEchoIT {

    /** Enough of them that the bridge has asked for streams, detections and health. */
    private static final int SOME_QUESTIONS = 5;

    private static final int CONNACK = 0x20;
    private static final int DISCONNECT = 0xE0;

    @RegisterExtension
    final TestBed bed = new TestBed();

    private SecretBench bench;

    /** What a recorder does with a question; the login is accepted by all but the last two. */
    private enum Answer {
        BROKEN_JSON(200, "{\"%1$s\":\"%1$s\",%1$s"),
        OTHER_JSON(200, "{\"streams\":\"%1$s\",\"detections\":\"%1$s\",\"timestamp\":\"%1$s\",\"status\":\"%1$s\"}"),
        PAGE(200, "<html><body>%1$s</body></html>"),
        REDIRECT(302, ""),
        FAULT(500, "{\"error\":\"%1$s\"}"),
        FORBIDDEN(403, "{\"error\":\"%1$s\"}"),
        UNAUTHORIZED(401, "{\"error\":\"%1$s\"}");

        private final int status;
        private final byte[] body;

        Answer(int status, String body) {
            this.status = status;
            this.body = body.formatted(Secrets.TOLD).getBytes(StandardCharsets.UTF_8);
        }

        void give(HttpExchange exchange) throws IOException {
            exchange.getResponseHeaders().add("Location", "http://x:" + Secrets.CAMERA_PASSWORD + "@127.0.0.1:1/");
            exchange.getResponseHeaders().add("Set-Cookie", "session=" + Secrets.SESSION);
            boolean accepted =
                    status >= 500 && exchange.getRequestURI().getPath().endsWith("/login");
            exchange.sendResponseHeaders(accepted ? 200 : status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }
    }

    @BeforeEach
    void makeFolders() {
        bench = new SecretBench(bed);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerOfTheRecorderTellsNone(Answer answer) throws IOException {
        Mosquitto broker = bed.broker();
        Subscriber tap = Subscriber.start(bed, broker, "tap", "#");
        AtomicInteger questions = new AtomicInteger();
        HttpServer recorder = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        recorder.createContext("/", exchange -> {
            questions.incrementAndGet();
            answer.give(exchange);
        });
        recorder.start();
        bed.own(() -> recorder.stop(0));
        BridgeOptions options = options(recorder.getAddress().getPort(), broker.port());

        BridgeProcess bridge = bench.run(options);
        tap.await(
                "a state with the trouble",
                message -> message.topic().equals("lightnvr/bridge/state")
                        && message.payload().contains("\"last_error\":\""));
        Eventually.isSo("asked again and again", () -> questions.get() >= SOME_QUESTIONS);
        bench.check(options);
        bridge.terminate();

        bench.lookAt(
                "what the broker was told",
                tap.all().stream().map(Heard::toString).toList());
        bench.assertThatNothingIsTold();
    }

    /** What is no HTTP, or hardly any. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 %s\r\n\r\n",
                "HTTP/1.1 200 OK\r\n%s\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n",
                "%s"
            })
    void noAnswerOfTheRecorderTellsNone(String answer) throws IOException {
        SilentServer recorder =
                bed.own(new SilentServer(answer.formatted(Secrets.TOLD).getBytes(StandardCharsets.UTF_8)));
        BridgeOptions options = options(recorder.port(), bed.broker().port());

        BridgeProcess bridge = bench.run(options);
        bridge.awaitLog("; trying again");
        bench.check(options);
        bridge.terminate();

        bench.assertThatNothingIsTold();
    }

    /** The broker repeats the password as the reason of its refusal, as who it is, or as no packet at all. */
    @ParameterizedTest
    @ValueSource(ints = {0x87, 0x80, 0x00})
    void anAnswerOfTheBrokerTellsNone(int reason) throws IOException {
        byte[] connack = packet(CONNACK, new byte[] {0, (byte) reason}, reasonString());
        byte[] farewell = packet(DISCONNECT, new byte[] {(byte) 0x8B}, reasonString());

        assertThatABrokerTellsNone(reason == 0 ? joined(connack, farewell) : connack);
    }

    @Test
    void noAnswerOfTheBrokerTellsNone() throws IOException {
        assertThatABrokerTellsNone(("HTTP/1.1 400 " + Secrets.TOLD + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPacketThatCannotBeUnderstoodTellsNone() throws IOException {
        byte[] told = Secrets.TOLD.getBytes(StandardCharsets.UTF_8);

        assertThatABrokerTellsNone(joined(new byte[] {CONNACK, (byte) (told.length + 3), 0, 0, 0x10}, told));
    }

    private void assertThatABrokerTellsNone(byte[] answer) throws IOException {
        SilentServer broker = bed.own(new SilentServer(answer));
        BridgeOptions options = options(bed.recorder().url().getPort(), broker.port());

        BridgeProcess bridge = bench.run(options);
        bridge.log()
                .await(
                        "the broker's trouble",
                        line -> line.contains("The broker ") || line.contains("The connection to the broker"));
        bench.check(options);
        bench.publish(options);
        bridge.terminate();

        bench.assertThatNothingIsTold();
    }

    private static BridgeOptions options(int recorderPort, int brokerPort) {
        return BridgeOptions.of(URI.create("http://127.0.0.1:" + recorderPort), brokerPort)
                .nvr("username", "anna")
                .nvr("password", Secrets.RECORDER_PASSWORD)
                .mqtt("username", "bridge")
                .mqtt("password", Secrets.BROKER_PASSWORD);
    }

    /** The property of MQTT 5 with which a server says why, and another that it may add. */
    private static byte[] reasonString() {
        byte[] text = Secrets.BROKER_PASSWORD.getBytes(StandardCharsets.UTF_8);
        byte[] name = {0, 1, 'p'};
        byte[] length = {0, (byte) text.length};
        return joined(new byte[] {0x1F}, length, text, new byte[] {0x26}, name, length, text);
    }

    private static byte[] packet(int type, byte[] head, byte[] properties) {
        int length = head.length + 1 + properties.length;
        return joined(new byte[] {(byte) type, (byte) length}, head, new byte[] {(byte) properties.length}, properties);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
