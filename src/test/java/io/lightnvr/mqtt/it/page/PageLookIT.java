package io.lightnvr.mqtt.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.TestBed;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The page for those who like it dark, have a small screen, no mouse, or another language; and for those who mind whom it asks. */
class PageLookIT {

    private static final int NARROW = 360;
    private static final List<String> VIEWS = List.of("live", "visits", "health");
    private static final Map<String, String> LANGUAGES =
            Map.of("de-AT", "de", "fr", "fr", "es-MX", "es", "nl", "nl", "pl", "pl", "zh-CN", "zh-Hans", "ja", "en");
    private static final String FOCUS = """
            const focused = document.activeElement;
            const style = getComputedStyle(focused);
            if (focused === document.body) return '';
            const seen = focused.matches(':focus-visible') && style.outlineStyle !== 'none'
                && parseFloat(style.outlineWidth) >= 2;
            return (focused.id || focused.className || focused.hash || focused.tagName) + (seen ? '' : ' unseen');""";

    @RegisterExtension
    static final Chromium BROWSER = new Chromium();

    @RegisterExtension
    final TestBed bed = new TestBed();

    private Scene scene;

    @BeforeEach
    void haveSomethingToShow() {
        scene = new Scene(bed);
        Camera door = scene.camera("front_door");
        Camera garage = scene.camera("garage");
        scene.recorder().streams().setZones(door.stream(), SimulatedZone.rectangle("z1", "Porch", 0.1f, 0.1f, 0.9f, 1));
        scene.options().homeAssistant("clear_after", 600);
        scene.start();
        door.awaitWatched();
        garage.awaitWatched();
        door.sees(Scene.PERSON);
        garage.sees(Scene.CAR);
    }

    @Test
    void isDarkOrLightAsTheBrowserWishes() {
        for (String view : VIEWS) {
            open(view);
            BROWSER.prefer("prefers-color-scheme", "dark");
            assertThat(brightness()).as(view).isLessThan(0.25);
            BROWSER.prefer("prefers-color-scheme", "light");
            assertThat(brightness()).as(view).isGreaterThan(0.7);
        }
    }

    @Test
    void needsNoScrollingSidewaysOnTheNarrowestAndTheWidest() {
        for (int width : new int[] {NARROW, 768, 3840}) {
            BROWSER.size(width, 800);
            for (String view : VIEWS) {
                open(view);
                assertThat(Layout.widest(BROWSER))
                        .as("%s at %d pixels", view, width)
                        .isEmpty();
            }
        }
    }

    @Test
    void isLedByTheKeyboardAloneAndShowsWhereItIs() {
        BROWSER.open(scene.url()).await(".tile");

        BROWSER.press(Keys.TAB);
        assertThat(BROWSER.run(FOCUS)).isEqualTo("skip");
        BROWSER.press(Keys.TAB, Keys.TAB, Keys.TAB);
        assertThat(BROWSER.run(FOCUS)).isEqualTo("#health");
        BROWSER.press(Keys.ENTER).await("#check");
        List<String> way = new ArrayList<>();
        for (String at = focusNext(); !at.isEmpty() && way.size() < 50; at = focusNext()) {
            way.add(at);
        }
        assertThat(way)
                .noneMatch(at -> at.endsWith(" unseen"))
                .containsSubsequence("check", "test-event", "announce", "report", "log-level", "log");

        BROWSER.run("document.getElementById('test-event').focus()");
        BROWSER.press(Keys.ENTER).await("#test");
        BROWSER.press(Keys.ESCAPE).awaitNo("#test");
        assertThat(BROWSER.run(FOCUS)).isEqualTo("test-event");
        BROWSER.press(Keys.SPACE).await("#test").press(Keys.TAB, Keys.ENTER);
        BROWSER.awaitText("#status", "The broker has accepted the test event");
    }

    private static String focusNext() {
        BROWSER.press(Keys.TAB);
        return BROWSER.run(FOCUS).toString();
    }

    @Test
    void nothingMovesForThoseWhoDoNotLikeIt() {
        BROWSER.prefer("prefers-reduced-motion", "reduce");
        for (String view : VIEWS) {
            open(view);
            BROWSER.run("document.querySelector('#doctor').hidden = false;"
                    + "document.querySelector('#doctor').classList.add('running');"
                    + "document.querySelectorAll('.overlay').forEach(overlay => overlay.classList.toggle('faded'))");
            assertThat(BROWSER.run("return document.getAnimations().length"))
                    .as(view)
                    .isEqualTo(0L);
        }
    }

    @Test
    void speaksTheReadersLanguageAndOtherwiseEnglish() {
        LANGUAGES.forEach((wish, language) -> {
            BROWSER.speak(wish);
            open("live");
            JsonNode words = words(language);
            assertThat(BROWSER.run("return document.documentElement.lang")).isEqualTo(language);
            assertThat(BROWSER.text("nav"))
                    .contains(
                            words.path("live").asText(),
                            words.path("visits").asText(),
                            words.path("health").asText());
            BROWSER.awaitText("#live .present", words.path("group.person").asText());
            BROWSER.click("nav a[href='#health']")
                    .awaitText("#headline", words.path("headline.ok").asText());
            assertThat(BROWSER.text("#log-title")).startsWith(words.path("log").asText());
            assertThat(BROWSER.count("#log-title .english")).isEqualTo(language.equals("en") ? 0 : 1);
        });
    }

    @Test
    void asksNobodyElseAndKeepsNothing() {
        for (String view : VIEWS) {
            open(view);
        }
        BROWSER.click("#check").awaitText("#status", "The doctor ");

        assertThat(BROWSER.requests())
                .isNotEmpty()
                .allMatch(url -> url.startsWith(scene.url())
                        || url.startsWith("blob:" + scene.url())
                        || url.startsWith("data:"));
        assertThat((List<?>) BROWSER.command("Network.getCookies", Map.of()).get("cookies"))
                .isEmpty();
        assertThat(BROWSER.run("return localStorage.length + sessionStorage.length"))
                .isEqualTo(0L);
        assertThat(BROWSER.failedRequests()).isEmpty();
    }

    @Test
    void keepsNobodyOut() {
        for (String scheme : List.of("light", "dark")) {
            BROWSER.prefer("prefers-color-scheme", scheme);
            for (String view : VIEWS) {
                open(view);
                if (view.equals("health")) {
                    BROWSER.click("#configuration summary").click("#check").awaitText("#status", "The doctor ");
                }
                assertThat(Axe.violations(BROWSER)).as(view + " " + scheme).isEmpty();
            }
            BROWSER.click("#test-event").await("#test");
            assertThat(Axe.violations(BROWSER)).as("a question, " + scheme).isEmpty();
            BROWSER.press(Keys.ESCAPE).awaitNo("#test");
            BROWSER.forbid("clipboard-write").click("#report").await("#copy");
            assertThat(Axe.violations(BROWSER)).as("the report, " + scheme).isEmpty();
        }
    }

    /** Opens a view, and waits until it shows what there is. */
    private void open(String view) {
        BROWSER.open("about:blank").open(scene.url() + "#" + view);
        switch (view) {
            case "live" -> BROWSER.await("both tiles", """
                    return [...document.querySelectorAll('.tile')].filter(tile =>
                        tile.querySelector('.chip') && tile.querySelector('img').naturalWidth > 0).length === 2""");
            case "visits" -> BROWSER.await("both visits", "return document.querySelectorAll('.visit').length === 2");
            default -> BROWSER.await("#headline.ok");
        }
    }

    /** How bright what can be seen is, where no camera's picture is. */
    private static double brightness() {
        BufferedImage seen = BROWSER.screenshot();
        double sum = 0;
        for (int y = 0; y < seen.getHeight(); y++) {
            Color colour = new Color(seen.getRGB(3, y));
            sum += (colour.getRed() + colour.getGreen() + colour.getBlue()) / 765.0;
        }
        return sum / seen.getHeight();
    }

    private static JsonNode words(String language) {
        String file = "/io/lightnvr/mqtt/web/lang/" + language + ".json";
        try (InputStream words = PageLookIT.class.getResourceAsStream(file)) {
            return new JsonMapper().readTree(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
