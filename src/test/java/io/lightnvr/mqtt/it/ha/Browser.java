package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A Chromium without a window, led by its driver (W3C WebDriver). */
final class Browser implements AutoCloseable {

    private static final int WIDTH = 1400;

    private static final Map<String, Object> WISHES = Map.of(
            "browserName",
            "chrome",
            "goog:chromeOptions",
            Map.of(
                    "args",
                    List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--window-size=" + WIDTH + ",1150",
                            "--lang=en")));

    private final HttpClient client = HttpClient.newHttpClient();
    private final String driver;
    private String session = "";

    private Browser(String driver) {
        this.driver = driver;
    }

    static Browser start(TestBed bed) {
        int port = Ports.free();
        Program program = bed.program("chromedriver", Map.of(), List.of("chromedriver", "--port=" + port));
        program.output().await("the driver", line -> line.contains("started successfully"));
        Browser browser = new Browser("http://127.0.0.1:" + port + "/session");
        browser.session = browser.post("", Map.of("capabilities", Map.of("alwaysMatch", WISHES)))
                .path("sessionId")
                .asText();
        return browser;
    }

    /** Gives Home Assistant's page the token, as if somebody had logged in. */
    void logIn(String url, String token) {
        open(url + "/manifest.json");
        String tokens = Json.write(Map.of(
                "access_token",
                token,
                "token_type",
                "Bearer",
                "expires_in",
                86_400,
                "hassUrl",
                url,
                "clientId",
                url + "/",
                "expires",
                System.currentTimeMillis() + 86_400_000L,
                "refresh_token",
                ""));
        run("localStorage.setItem('hassTokens', arguments[0])", tokens);
    }

    void open(String url) {
        post("/url", Map.of("url", url));
    }

    /** Makes its window so high, in pixels. */
    void height(int pixels) {
        post("/window/rect", Map.of("width", WIDTH, "height", pixels));
    }

    /**
     * Makes its page so large.
     *
     * @param width in pixels of the page
     * @param height likewise
     * @param scale how many pixels of a picture are one of the page
     */
    void size(int width, int height, double scale) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", false));
        command("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    }

    /** Waits until a text stands somewhere on the page, also within its components. */
    void awaitText(String text) {
        String script =
                "const all = n => (n.textContent || '') + [...(n.querySelectorAll ? n.querySelectorAll('*') : [])]"
                        + ".filter(e => e.shadowRoot).map(e => all(e.shadowRoot)).join(' ');"
                        + " return all(document).includes(arguments[0])";
        await("\"" + text + "\" on the page", script, text);
    }

    /** Waits until nothing with this id is on the page. */
    void awaitGone(String id) {
        await("the end of " + id, "return !document.getElementById(arguments[0])", id);
    }

    /** Waits until a script returns {@code true}. */
    void await(String what, String script, Object... arguments) {
        Eventually.isSo(what, () -> run(script, arguments).asBoolean());
    }

    /** What a script returns. */
    JsonNode run(String script, Object... arguments) {
        return post("/execute/sync", Map.of("script", script, "args", List.of(arguments)));
    }

    /** Puts what it shows into a PNG file. */
    void screenshot(Path file) {
        write(file, ask("/screenshot", HttpRequest.newBuilder().GET()));
    }

    /**
     * Puts a part of the page into a PNG file, also where that is outside the window.
     *
     * @param part with its {@code x}, {@code y}, {@code width} and {@code height} in pixels of the page
     */
    void screenshot(Path file, JsonNode part) {
        ObjectNode clip = part.deepCopy();
        JsonNode shot =
                command("Page.captureScreenshot", Map.of("clip", clip.put("scale", 1), "captureBeyondViewport", true));
        write(file, shot.path("data"));
    }

    private static void write(Path file, JsonNode png) {
        try {
            Files.write(file, Base64.getDecoder().decode(png.asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the browser a command of its own protocol. */
    private JsonNode command(String name, Map<String, ?> parameters) {
        return post("/goog/cdp/execute", Map.of("cmd", name, "params", parameters));
    }

    @Override
    public void close() {
        ask("", HttpRequest.newBuilder().DELETE());
    }

    private JsonNode post(String path, Map<String, ?> body) {
        return ask(path, HttpRequest.newBuilder().POST(BodyPublishers.ofString(Json.write(body))));
    }

    private JsonNode ask(String path, HttpRequest.Builder request) {
        String url = driver + (session.isEmpty() ? "" : "/" + session) + path;
        try {
            String answer = client.send(
                            request.uri(URI.create(url))
                                    .timeout(Arrivals.PATIENCE)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            JsonNode value = Json.read(answer).path("value");
            if (value.has("error")) {
                throw new AssertionError("The browser refuses " + path + ": " + value);
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while leading the browser", e);
        }
    }
}
