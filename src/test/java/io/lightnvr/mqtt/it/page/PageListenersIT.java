package io.lightnvr.mqtt.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.TestBed;
import io.lightnvr.mqtt.web.Answer;
import io.lightnvr.mqtt.web.Broadcast;
import io.lightnvr.mqtt.web.PageServer;
import io.lightnvr.mqtt.web.PageSettings;
import io.lightnvr.mqtt.web.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several pages at once: all see the same, up to twenty. */
class PageListenersIT {

    /** A browser has six connections to a server, whatever its tabs are. */
    private static final int TABS = 4;

    private static final int MOST = 20;

    @RegisterExtension
    static final Chromium BROWSER = new Chromium();

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void tabsSeeTheSameAndThe21stPageWaitsForItsPlace() throws IOException, InterruptedException {
        Scene scene = new Scene(bed);
        Camera camera = scene.camera("front_door");
        scene.start();
        camera.awaitWatched();
        List<String> tabs = new ArrayList<>();
        for (int i = 0; i < TABS; i++) {
            tabs.add(BROWSER.newTab().open(scene.url()).driver().getWindowHandle());
            BROWSER.awaitText(".tile", "Online");
        }

        camera.sees(Scene.PERSON);

        for (String tab : tabs) {
            BROWSER.driver().switchTo().window(tab);
            BROWSER.awaitText(".tile .tag", "person 93%");
        }
        List<InputStream> others = new ArrayList<>();
        for (int i = TABS; i < MOST; i++) {
            HttpResponse<InputStream> other = listen(scene.url());
            assertThat(other.statusCode()).isEqualTo(200);
            others.add(other.body());
        }
        BROWSER.newTab().open(scene.url());
        BROWSER.awaitText("#status", "Too many pages are open");
        BROWSER.await("body.crowded").awaitText(".tile", "Online");
        assertThat(BROWSER.failedRequests()).allMatch(failed -> failed.contains("503"));

        for (InputStream other : others) {
            other.close();
        }

        BROWSER.await("a place", "return !document.body.classList.contains('crowded')");
        BROWSER.await(
                "no words about it", "return !document.querySelector('#status').textContent.includes('Too many')");
        camera.sees(Scene.CAR);
        BROWSER.awaitText(".tile .tag", "car 81%");
    }

    @Test
    void connectsAgainWithoutAWordWhenItsTimeIsOver() throws IOException {
        AtomicLong now = new AtomicLong();
        AtomicInteger connections = new AtomicInteger();
        Broadcast broadcast = new Broadcast(() -> utf8("{\"started\":\"now\"}"), now::get);
        PageSettings settings = new PageSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                false,
                PageSettings.SETUP);
        Routes routes = request -> {
            if (request.path().equals("api/events")) {
                connections.incrementAndGet();
                return Answer.events();
            }
            return Answer.json(utf8("{\"version\":\"\",\"origin\":\"\",\"addon\":true,\"problems\":[]}"));
        };
        try (PageServer page = PageServer.start(settings, routes, broadcast, Throwable::printStackTrace)) {
            BROWSER.open("http://127.0.0.1:" + page.address().getPort() + "/");
            BROWSER.await("a connection", "return !/loading|lost/.test(document.body.className)");
            BROWSER.run("const status = document.querySelector('#status');"
                    + "window.told = [];"
                    + "new MutationObserver(() => window.told.push(status.textContent))"
                    + ".observe(status, { childList: true, characterData: true, subtree: true })");

            for (int more = 2; more <= 4; more++) {
                now.addAndGet(Duration.ofMinutes(5).toNanos());
                broadcast.send("part", () -> utf8("{}"));
                int expected = more;
                Eventually.isSo("another connection", () -> connections.get() == expected && broadcast.hasListeners());
            }
        }

        BROWSER.await("body.lost");
        assertThat((List<?>) BROWSER.run("return window.told"))
                .as("only that the bridge closes")
                .hasSize(1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static HttpResponse<InputStream> listen(String url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "api/events")).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    }
}
