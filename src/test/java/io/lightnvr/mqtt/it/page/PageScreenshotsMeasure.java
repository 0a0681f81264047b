package io.lightnvr.mqtt.it.page;

import static io.lightnvr.mqtt.it.Measured.report;

import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Takes the pictures of {@code docs/page.md}, of the demo's page. Not a part of the tests: {@code .ci/measure PageScreenshots} runs
 * it.
 */
class PageScreenshotsMeasure {

    private static final Path FOLDER = Path.of("docs/page");

    @RegisterExtension
    static final Chromium BROWSER = new Chromium();

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void ofEachViewLightDarkAndNarrow() throws IOException {
        int port = Ports.free();
        String url = "http://127.0.0.1:" + port + "/";
        BridgeProcess demo = BridgeProcess.start(bed, "demo", "--port", "0", "--page-port", Integer.toString(port));
        demo.program().output().await("the page", line -> line.contains(url));
        Files.createDirectories(FOLDER);
        BROWSER.open(url + "#visits");
        BROWSER.await("some visits", "return document.querySelectorAll('.visit:not(.open)').length >= 3");

        BROWSER.size(1280, 860);
        for (String scheme : new String[] {"light", "dark"}) {
            BROWSER.prefer("prefers-color-scheme", scheme);
            takeAll(url, scheme);
        }
        BROWSER.prefer("prefers-color-scheme", "light").size(360, 720);
        takeAll(url, "narrow");
        report("the pictures are in %s", FOLDER);
    }

    private static void takeAll(String url, String kind) throws IOException {
        BROWSER.open("about:blank").open(url + "#live").await(".tile").run("""
                for (const tile of document.querySelectorAll('.tile')) {
                    tile.querySelector('img').addEventListener('load', () => tile.seen = (tile.seen ?? 0) + 1);
                }""");
        BROWSER.await("people in boxes and in pictures", """
                const drawn = [...document.querySelectorAll('.tile')].filter(tile => tile.seen > 2
                    && tile.getBoundingClientRect().top < innerHeight - 200
                    && tile.querySelector('.overlay:not(.faded) .box'));
                return drawn.length >= Math.min(2, Math.floor(innerWidth / 360))""");
        take("live", kind);
        BROWSER.open(url + "#visits").await("pictures of visits", """
                return [...document.querySelectorAll('.visit img')].slice(0, 3).every(image => image.naturalWidth > 0)""");
        take("visits", kind);
        BROWSER.open(url + "#health").await("#headline.ok");
        take("health", kind);
    }

    private static void take(String view, String kind) throws IOException {
        Files.write(FOLDER.resolve(view + "-" + kind + ".png"), BROWSER.png());
    }
}
