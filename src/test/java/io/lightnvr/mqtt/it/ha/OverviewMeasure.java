package io.lightnvr.mqtt.it.ha;

import static io.lightnvr.mqtt.it.Measured.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.demo.scene.SceneRunner;
import io.lightnvr.mqtt.documents.Document;
import io.lightnvr.mqtt.documents.Example;
import io.lightnvr.mqtt.documents.RecipeFile;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.TestBed;
import io.lightnvr.mqtt.it.page.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Takes the picture at the top of the README, and the one of a camera's device in Home Assistant. Not a part of the tests:
 * {@code .ci/measure Overview} runs it, with Debian's {@code chromium} and {@code chromium-driver}.
 *
 * <p>A bridge, Home Assistant and the demo's cameras run as they are. The templates among the resources only put what they show
 * side by side, and draw a telephone around the words and the picture that the blueprint's automation gave to its action.
 */
class OverviewMeasure {

    private static final Path DOCS = Document.PROJECT.resolve("docs");
    private static final Path PARTS = Path.of("target", "overview");
    private static final int CAMERAS = 4;

    /** Its first scene has somebody at the front door. */
    private static final long SEED = 23;

    private static final String VISIT = "event.front_door_visit";
    private static final String TOLD = "told";

    /** The zone in which somebody waits at the door: what is told of them there and their picture are of one place. */
    private static final String DOOR = "entrance";

    private static final String PICTURE = "image.front_door_picture";

    /** How many pixels of a picture are one of the page that it shows; the templates show all parts as they are. */
    private static final double SCALE = 1.1;

    /** In pixels of the pages: two tiles in a row, and one card. */
    private static final int PAGE_WIDTH = 820;

    private static final int CARD_WIDTH = 362;

    private static final String ALL_BUT_THE_FOOTER = """
            const end = document.querySelector('.tiles').getBoundingClientRect().bottom + scrollY + 16;
            return {x: 0, y: 0, width: innerWidth, height: end}""";

    /** All elements of a page of Home Assistant, whose components hide theirs. */
    private static final String ALL = """
            const all = root => [...root.querySelectorAll('*')].flatMap(e => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
            """;

    /** Each icon is there: they come later than the texts. */
    private static final String ICONS = ALL + """
            return all(document).filter(e => e.localName === 'ha-state-icon')
                .every(icon => all(icon.shadowRoot).some(e => e.localName === 'ha-svg-icon' && e.path))""";

    /** The cards of a page of Home Assistant, by their titles. */
    private static final String CARDS = ALL + """
            return Object.fromEntries(all(document).filter(e => e.localName === 'ha-card').map(card => {
                const {x, y, width, height} = card.getBoundingClientRect();
                const title = card.header ?? card.querySelector('h1')?.innerText ?? '';
                return [title.trim().split('\\n')[0].toLowerCase().replace(' ', '-'), {x, y, width, height}];
            }))""";

    private static final String FILL = """
            for (const [id, text] of Object.entries(arguments[0])) {
                document.getElementById(id).textContent = text;
            }""";

    private static final String LOADED =
            "return [...document.images].every(image => image.complete && image.naturalWidth > 0)";

    private static final String WHOLE = """
            const {x, y, width, height} = document.querySelector('main').getBoundingClientRect();
            return {x, y, width, height}""";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private final int pagePort = Ports.free();
    private House house;
    private HomeAssistant homeAssistant;
    private SceneRunner scenes;

    @BeforeEach
    void build() throws IOException {
        Files.createDirectories(PARTS);
        house = new House(bed);
        scenes = bed.own(SceneRunner.open(house.recorder(), SEED, CAMERAS));
        house.recorder().drawFrames(scenes::picture);
        house.recorder().setPictures(true);
        house.options().homeAssistant("images", true).homeAssistant("clear_after", 300);
        house.options().with("web", "port", pagePort);
        homeAssistant = house.homeAssistant(HomeAssistantOptions.standard().yaml("scene:\n"));
        house.startBridge();
        homeAssistant.awaitState(VISIT, "unknown");
        Recipes.copy(homeAssistant, RecipeFile.BLUEPRINT_VISIT);
        addAutomation();
    }

    /** It tells an event what the recipe tells a telephone, since a notifier of a test's own leaves Home Assistant's pages empty. */
    private void addAutomation() {
        Object data = Recipes.yaml(Example.TO_YOUR_PHONE.text()).get("data");
        Map<String, ?> input =
                Map.of("cameras", List.of(VISIT), "notify", List.of(Map.of("event", TOLD, "event_data", data)));
        homeAssistant.automations().addWhole("Visits", Recipes.use(RecipeFile.BLUEPRINT_VISIT.fileName(), input));
        house.broker().awaitSubscription("lightnvr/visits/+");
    }

    @Test
    void ofAVisit() throws IOException {
        try (Browser browser = Browser.start(bed)) {
            takePage(browser);
            SeenEvent notification = homeAssistant
                    .events()
                    .await(
                            "a notification of somebody at the door",
                            event -> event.type().equals(TOLD)
                                    && event.data().path("message").asText().contains(DOOR));
            Files.write(PARTS.resolve("notification.jpg"), homeAssistant.picture(PICTURE));
            takeCards(browser);
            JsonNode told = notification.data();
            assertThat(told.at("/data/image").asText()).endsWith("/" + PICTURE);
            OffsetDateTime at = OffsetDateTime.parse(notification.firedAt());
            compose(
                    browser,
                    "overview",
                    Map.of(
                            "title",
                            told.path("title").asText(),
                            "message",
                            told.path("message").asText(),
                            "action",
                            told.at("/data/actions/0/title").asText(),
                            "time",
                            at.format(DateTimeFormatter.ofPattern("HH:mm")),
                            "date",
                            at.format(DateTimeFormatter.ofPattern("EEEE, d MMMM", Locale.ENGLISH))));
            compose(browser, "device-page", Map.of());
        }
    }

    private void takePage(Browser browser) {
        browser.size(PAGE_WIDTH, 800, SCALE);
        browser.open("http://127.0.0.1:" + pagePort + "/#live");
        browser.await("all cameras", "return document.querySelectorAll('.tile').length == arguments[0]", CAMERAS);
        browser.run(Caller.WATCH_PICTURES);
        scenes.beginWhenWatched();
        browser.await("somebody who waits at the door", Caller.WAITS);
        browser.screenshot(PARTS.resolve("live.png"), browser.run(ALL_BUT_THE_FOOTER));
    }

    private void takeCards(Browser browser) {
        SeenDevice device = homeAssistant.registry().device("lightnvr_mqtt_stream_front_door");
        browser.size(CARD_WIDTH, 2_000, SCALE);
        browser.logIn(homeAssistant.url(), homeAssistant.token());
        browser.open(homeAssistant.url() + "/config/devices/device/" + device.id());
        browser.awaitText("Person count");
        browser.awaitGone("ha-launch-screen");
        browser.await("all icons", ICONS);
        browser.run(CARDS)
                .properties()
                .forEach(card -> browser.screenshot(PARTS.resolve(card.getKey() + ".png"), card.getValue()));
    }

    /** Puts the parts into a template, and this into a picture. */
    private void compose(Browser browser, String name, Map<String, String> texts) throws IOException {
        Path page = PARTS.resolve(name + ".html");
        try (InputStream template = OverviewMeasure.class.getResourceAsStream("overview/" + name + ".html")) {
            Files.write(page, template.readAllBytes());
        }
        browser.size(1_692, 900, 1);
        browser.open(page.toUri().toString());
        browser.run(FILL, texts);
        browser.await("all parts", LOADED);
        browser.screenshot(DOCS.resolve(name + ".png"), browser.run(WHOLE));
        report("%s.png has %d KiB", name, Files.size(DOCS.resolve(name + ".png")) / 1_024);
    }
}
