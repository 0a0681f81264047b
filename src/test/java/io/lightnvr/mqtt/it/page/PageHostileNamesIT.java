package io.lightnvr.mqtt.it.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.TestBed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names that would be markup, scripts, or a layout gone wrong: text stays text, in its place. */
class PageHostileNamesIT {

    /** Each is the name of a stream and a zone, and what the recorder keeps of it is a label. */
    private static final List<String> NAMES = List.of(
            "<img src=x onerror=alert(1)>",
            "\"><script>document.title='x'</script>",
            "javascript:alert(2)",
            "${alert(3)}{{4}}",
            "</textarea></template></svg><b>",
            "\u202egnp.exe\u2066",
            "__proto__",
            "constructor",
            "W".repeat(255),
            "a b ".repeat(25) + "end",
            "\ud83d\ude31".repeat(20));

    private static final String LONG = "long-zone ".repeat(100) + "Z".repeat(1_000);
    private static final int LONGEST_LABEL = 31;

    @RegisterExtension
    static final Chromium BROWSER = new Chromium();

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void areTextInTheirPlace() {
        Scene scene = new Scene(bed);
        scene.options().homeAssistant("clear_after", 600);
        Map<String, Camera> cameras = new LinkedHashMap<>();
        for (String name : NAMES) {
            Camera camera = scene.camera(name);
            scene.recorder()
                    .streams()
                    .setZones(
                            camera.stream(),
                            SimulatedZone.rectangle("z1", name, 0, 0, 1, 0.6f),
                            SimulatedZone.rectangle("z2", LONG, 0, 0.6f, 1, 1));
            cameras.put(name, camera);
        }
        scene.start();
        BROWSER.size(360, 800).open(scene.url());
        cameras.forEach((name, camera) -> camera.awaitWatched()
                .sees(
                        new SimulatedRow(label(name), 0.9f, 0.3f, 0, 0.7f, 0.5f),
                        new SimulatedRow("person", 0.8f, 0, 0.7f, 1, 0.3f)));

        BROWSER.await(
                "a label in each tile",
                "return document.querySelectorAll('.tile .tag').length === arguments[0]",
                2 * NAMES.size());
        assertThat(texts(".tile .name")).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(texts(".tile .tag bdi"))
                .containsAll(NAMES.stream().map(PageHostileNamesIT::label).toList());
        assertThat(texts(".tile .zone title")).contains(LONG).containsAll(NAMES);
        assertFits("live");

        BROWSER.open(scene.url() + "#visits");
        BROWSER.await(
                "a visit of each stream",
                "return document.querySelectorAll('.visit').length === arguments[0]",
                NAMES.size());
        assertThat(texts(".visit .name")).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(texts(".visit .where span")).allMatch(zones -> zones.contains(LONG));
        assertFits("visits");
        String hostile = NAMES.get(1);
        BROWSER.open(scene.url() + "#visits?stream=" + "%22%3E%3Cimg%20src=x%20onerror=alert(9)%3E");
        BROWSER.await("#visits .empty");
        assertFits("a filter of the address");

        BROWSER.open(scene.url() + "#health").await("#headline.ok");
        BROWSER.click("#test-event").await("#test");
        assertThat(texts("#test option")).hasSize(NAMES.size()).anyMatch(option -> option.contains(hostile));
        BROWSER.write("#test input", "<img src=x onerror=alert(8)>").click("#test [value=yes]");
        BROWSER.awaitText("#status", "The broker has accepted the test event on ");
        assertFits("health");

        scene.bridge().terminate();
        cameras.values().forEach(camera -> scene.recorder().streams().delete(camera.stream()));
        scene.start();
        BROWSER.await(
                "all to be gone", "return document.querySelectorAll('#gone li').length === arguments[0]", NAMES.size());
        assertThat(texts("#gone .name")).containsExactlyInAnyOrderElementsOf(NAMES);
        BROWSER.click("#gone button").await("#confirm");
        assertFits("a question");
    }

    private static String label(String name) {
        StringBuilder label = new StringBuilder();
        name.codePoints()
                .takeWhile(letter -> (label + Character.toString(letter)).getBytes(UTF_8).length <= LONGEST_LABEL)
                .forEach(label::appendCodePoint);
        return label.toString();
    }

    private static List<String> texts(String selector) {
        return ((List<?>) BROWSER.run(
                        "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", selector))
                .stream().map(Object::toString).toList();
    }

    private static void assertFits(String what) {
        assertThat(Layout.widest(BROWSER)).as(what).isEmpty();
        assertThat(BROWSER.run("return document.title").toString()).as(what).endsWith("LightNVR MQTT");
        assertThat(
                        BROWSER.run(
                                "return document.querySelectorAll('img[src=x], [onerror], body script, .tile b, .visit b').length"))
                .as(what)
                .isEqualTo(0L);
        assertThat(
                        BROWSER.run(
                                "return Math.max(0, ...[...document.querySelectorAll('.tile, .visit')].map(e => e.offsetHeight))"))
                .as("the height of a tile or card in %s", what)
                .asInstanceOf(InstanceOfAssertFactories.LONG)
                .isLessThan(420);
        assertThat(BROWSER.faults()).as(what).isEmpty();
    }
}
