package io.lightnvr.mqtt.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.TestBed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Health: what is wrong while one looks, and what one can have the bridge do. */
class PageHealthIT {

    private static final String HEADLINE = "#headline h2";
    private static final String BROKER = "#parts .part:has(use[href='#icon-broker'])";
    private static final String WAITING = "#counters .waiting dd";

    @RegisterExtension
    static final Chromium BROWSER = new Chromium();

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void aBrokerThatIsAwayAndABridgeThatIsKilledAreSeenAtOnce() {
        Scene scene = new Scene(bed);
        Camera camera = scene.camera("front_door");
        scene.start();
        BROWSER.open(scene.url() + "#health");
        camera.awaitWatched();
        BROWSER.awaitText(HEADLINE, "Everything works");
        BROWSER.awaitText(BROKER + " .state", "Online");
        assertThat(BROWSER.text(WAITING)).isEqualTo("0");

        scene.broker().stop();

        BROWSER.awaitText(HEADLINE, "Broker: no connection since ");
        BROWSER.awaitText(BROKER + " .state.offline", "Offline");
        BROWSER.await("nav #trouble");
        camera.sees(Scene.PERSON);
        BROWSER.await("what waits", "return +document.querySelector(arguments[0]).textContent > 0", WAITING);
        int waiting = Integer.parseInt(BROWSER.text(WAITING));
        camera.sees(Scene.CAR);
        BROWSER.await(
                "more that waits",
                "return +document.querySelector(arguments[0]).textContent > arguments[1]",
                WAITING,
                waiting);
        assertThat(BROWSER.text("#counters .oldest dd")).isNotEqualTo("–");

        scene.broker().start();

        BROWSER.awaitText(HEADLINE, "Everything works");
        BROWSER.awaitText(BROKER + " .state.online", "Online");
        BROWSER.awaitNo("nav #trouble");
        BROWSER.await("nothing to wait", "return document.querySelector(arguments[0]).textContent === '0'", WAITING);

        scene.bridge().program().kill();

        BROWSER.await("body.lost");
        BROWSER.awaitText("#status", "The connection to the bridge is lost");
        scene.start();
        BROWSER.await("the page to come back", "return !document.body.classList.contains('lost')");
        BROWSER.awaitText(HEADLINE, "Everything works");
        assertThat(BROWSER.text("#status")).doesNotContain("lost");
    }
}
