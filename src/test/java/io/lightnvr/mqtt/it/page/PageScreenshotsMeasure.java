package io.lightnvr.mqtt.it.page;

import static io.lightnvr.mqtt.it.Measured.report;

import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.TestBed;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Takes the pictures of {@code docs/page.md}, of the demo's page. Not a part of the tests: {@code .ci/measure PageScreenshots} runs
 * it.
 */
class PageScreenshotsMeasure {

    private static final Path FOLDER = Path.of("docs/page");

    /** At which two cameras or two visits stand side by side, and all parts of the way in a row. */
    private static final int WIDTH = 1_060;

    /** That of a telephone, as its height is. */
    private static final int NARROW = 360;

    private static final int NARROW_HEIGHT = 720;

    /** A view ends below its last full row that is no lower than this, and without the empty space before the footer. */
    private static final int LOWEST = 1_000;

    private static final String END = """
            const ends = [...document.querySelectorAll('.tile, .visit, .panel')].filter(part => part.checkVisibility())
                .map(part => part.getBoundingClientRect()).filter(({right}) => right > innerWidth - 20)
                .map(({bottom}) => bottom + scrollY);
            return Math.ceil(Math.max(...ends.filter(end => end < arguments[0]))) + 10""";

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
        BROWSER.await("some visits", "return document.querySelectorAll('.visit:not(.open)').length >= 2");

        BROWSER.command("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        BROWSER.size(WIDTH, LOWEST);
        for (String scheme : new String[] {"light", "dark"}) {
            BROWSER.prefer("prefers-color-scheme", scheme);
            takeAll(url, scheme);
        }
        BROWSER.prefer("prefers-color-scheme", "light").size(NARROW, NARROW_HEIGHT);
        takeAll(url, "narrow");
        report("the pictures are in %s", FOLDER);
    }

    private static void takeAll(String url, String kind) throws IOException {
        BROWSER.open("about:blank").open(url + "#live").await(".tile").run(Caller.WATCH_PICTURES);
        BROWSER.run("document.querySelector('.tile:nth-child(3)').scrollIntoView({block: 'center'})");
        BROWSER.await("somebody who waits at the door", Caller.WAITS);
        take("live", kind);
        BROWSER.open(url + "#visits").await("pictures of visits", """
                return [...document.querySelectorAll('.visit img')].slice(0, 3).every(image => image.naturalWidth > 0)""");
        take("visits", kind);
        BROWSER.open(url + "#health").await("#headline.ok");
        take("health", kind);
    }

    private static void take(String view, String kind) throws IOException {
        BufferedImage shown = BROWSER.screenshot();
        int end = ((Number) BROWSER.run(END, LOWEST)).intValue();
        BufferedImage picture = shown.getSubimage(0, 0, shown.getWidth(), Math.min(end, shown.getHeight()));
        ImageIO.write(picture, "png", FOLDER.resolve(view + "-" + kind + ".png").toFile());
    }
}
