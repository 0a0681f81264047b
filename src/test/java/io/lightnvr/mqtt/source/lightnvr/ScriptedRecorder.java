package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.Box;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A recorder over HTTP whose streams, rows, clock and login the test sets. One stream's rows are for every stream. */
final class ScriptedRecorder implements AutoCloseable {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final byte[] REFUSED = Captured.bytes("streams-unauthenticated-401");

    final RawServer server = new RawServer(this::answer);
    final ModelRecorder rows = new ModelRecorder();
    final Map<String, Boolean> enabled = new LinkedHashMap<>();
    final Map<String, String> health = new LinkedHashMap<>();

    /** Which streams are in privacy mode. */
    final Set<String> inPrivacy = ConcurrentHashMap.newKeySet();

    /** Which streams the login may not see. */
    final Set<String> hidden = ConcurrentHashMap.newKeySet();

    /** The role of whoever logs in. */
    volatile String role = "admin";

    /** Whether it is of the generation that shows detections only to a login, and cameras with their identities. */
    volatile boolean isScoped;

    /** Whole answers by the beginning of the path; these come first. */
    final Map<String, byte[]> instead = new ConcurrentHashMap<>();

    volatile long second = Watcher.START;
    volatile int zoneSeconds = 3_600;

    /** Which cookie or key is believed; {@code ""} where no login is wanted. */
    volatile String believed = "";

    volatile byte[] login = Captured.bytes("login-200");

    /** Adds a stream that runs. */
    ScriptedRecorder with(String... names) {
        for (String name : names) {
            enabled.put(name, true);
            health.put(name, "up");
        }
        return this;
    }

    void insert(String label, long secondsAgo) {
        rows.insert(second - secondsAgo, ModelRecorder.content(label), 0);
    }

    List<String> asked() {
        return server.lines().stream()
                .map(line -> line.replace(" HTTP/1.1", ""))
                .toList();
    }

    private synchronized void answer(RawServer.Request request, OutputStream out) throws IOException {
        String path = request.path();
        for (Map.Entry<String, byte[]> answer : instead.entrySet()) {
            if (path.startsWith(answer.getKey())) {
                out.write(answer.getValue());
                return;
            }
        }
        out.write(usual(request, path));
    }

    private byte[] usual(RawServer.Request request, String path) {
        if (path.equals("/api/auth/login")) {
            return login;
        }
        if (path.equals("/api/health")) {
            return RawServer.ok(healthJson());
        }
        boolean isBelieved = isBelieved(request);
        if (isScoped && !isBelieved) {
            return REFUSED;
        }
        if (path.startsWith("/api/detection/results/")) {
            return RawServer.ok(resultsJson(Long.parseLong(path.substring(path.indexOf('=') + 1))));
        }
        if (!isBelieved) {
            return REFUSED;
        }
        if (path.equals("/api/auth/verify")) {
            return RawServer.ok("{\"username\":\"joe\",\"role\":\"%s\"}".formatted(role));
        }
        if (path.endsWith("/zones")) {
            return Captured.bytes("zones-front_door");
        }
        if (path.startsWith("/api/streams/")) {
            String name = URLDecoder.decode(path.substring("/api/streams/".length()), StandardCharsets.UTF_8);
            return enabled.containsKey(name)
                    ? RawServer.answer(hidden.contains(name) ? "403 Forbidden" : "200 OK", "{}")
                    : Captured.bytes("stream-unknown");
        }
        return path.equals("/api/settings") ? Captured.bytes("settings") : RawServer.ok(streamsJson());
    }

    private boolean isBelieved(RawServer.Request request) {
        String proof =
                request.header("X-API-Key").or(() -> request.header("Cookie")).orElse("");
        return believed.isEmpty() || proof.equals(believed);
    }

    private String local() {
        return LocalDateTime.ofEpochSecond(second + zoneSeconds, 0, ZoneOffset.UTC)
                .format(LOCAL);
    }

    private String healthJson() {
        return health.entrySet().stream()
                .map(entry -> "{\"name\":\"%s\",\"status\":\"%s\",\"last_frame_ts\":%d}"
                        .formatted(entry.getKey(), entry.getValue(), second))
                .collect(Collectors.joining(",", "{\"timestamp\":\"" + local() + "\",\"streams_detail\":[", "]}"));
    }

    private String streamsJson() {
        return enabled.entrySet().stream()
                .filter(entry -> !hidden.contains(entry.getKey()))
                .map(entry ->
                        "{\"name\":\"%s\",\"enabled\":%s,\"privacy_mode\":%s,%s\"url\":\"rtsp://joe:hunter2@cam\"}"
                                .formatted(
                                        entry.getKey(),
                                        entry.getValue(),
                                        inPrivacy.contains(entry.getKey()),
                                        isScoped ? "\"camera_uuid\":\"uuid of %s\",".formatted(entry.getKey()) : ""))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String resultsJson(long end) {
        return rows.read(end).rows().stream()
                .map(ScriptedRecorder::rowJson)
                .collect(Collectors.joining(
                        ",", "{\"detections\":[", "],\"timestamp\":\"" + local() + "\",\"stream_status\":\"Error\"}"));
    }

    private static String rowJson(Row row) {
        Row.Content content = row.content().orElseThrow();
        Box box = content.box();
        return "{\"label\":\"%s\",\"confidence\":%s,\"x\":%s,\"y\":%s,\"width\":%s,\"height\":%s,\"timestamp\":%d}"
                .formatted(
                        content.label(),
                        content.confidence(),
                        box.x(),
                        box.y(),
                        box.width(),
                        box.height(),
                        row.second());
    }

    @Override
    public void close() {
        server.close();
    }
}
