package io.lightnvr.mqtt.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.RecorderProgram;
import io.lightnvr.mqtt.it.TestBed;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page behind Home Assistant's ingress: in a frame, below a prefix, from the Supervisor's address and no other. */
class PageIngressIT {

    private static final String SUPERVISOR = "172.30.32.2";
    private static final String NEIGHBOUR = "172.30.33.9";
    private static final String ADDON = "172.30.33.5";
    private static final int PORT = 8099;

    @RegisterExtension
    static final Chromium BROWSER = new Chromium();

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void allViewsWorkBelowThePrefixAndNobodyElseIsAnswered() {
        bed.enterNetwork();
        for (String address : List.of(SUPERVISOR, NEIGHBOUR, ADDON)) {
            Program add = bed.program("ip", Map.of(), List.of("ip", "addr", "add", address + "/32", "dev", "lo"));
            assertThat(add.exitStatus(Arrivals.PATIENCE)).isZero();
        }
        RecorderProgram recorder = RecorderProgram.start(bed, "front_door");
        Mosquitto broker = bed.broker();
        BridgeOptions options = BridgeOptions.of(URI.create(recorder.url()), broker.port());
        BridgeProcess bridge = BridgeProcess.start(
                bed,
                List.of(
                        "env",
                        "SUPERVISOR=http://127.0.0.1:1",
                        "SUPERVISOR_TOKEN=token",
                        "LIGHTNVR_MQTT_INGRESS_PORT=" + PORT),
                "run",
                "--config",
                options.write(bed).toString());
        bridge.awaitLog("The page is in Home Assistant's sidebar");
        recorder.awaitWatched();
        IngressProxy homeAssistant = IngressProxy.start(bed, RelayProgram.start(bed, SUPERVISOR, ADDON, PORT));

        BROWSER.open(homeAssistant.url() + "/lightnvr");
        BROWSER.driver().switchTo().frame(0);

        BROWSER.awaitText("#live .tile", "Online");
        recorder.sees("person:0.93");
        BROWSER.awaitText("#live .tag", "person 93%");
        BROWSER.await("a picture", "return document.querySelector('.tile img').naturalWidth > 0");
        BROWSER.click("nav a[href='#visits']").awaitText("#visits .visit", "Person");
        BROWSER.await("its picture", "return document.querySelector('.visit img').naturalWidth > 0");
        BROWSER.click("nav a[href='#health']").awaitText("#headline", "Everything works");
        BROWSER.click("#announce").awaitText("#status", "announces everything to Home Assistant again");
        BROWSER.click("#check").awaitText("#status", "The doctor ");
        assertThat(BROWSER.requests())
                .allMatch(url -> url.startsWith(homeAssistant.url() + IngressProxy.PREFIX + "/")
                        || url.startsWith("blob:")
                        || url.startsWith("data:")
                        || url.equals(homeAssistant.url() + "/lightnvr"));
        BROWSER.driver().switchTo().defaultContent();

        IngressProxy stranger = IngressProxy.start(bed, RelayProgram.start(bed, NEIGHBOUR, ADDON, PORT));

        BROWSER.visit(stranger.url() + IngressProxy.PREFIX + "/");
        BROWSER.awaitText("body", "ERR_EMPTY_RESPONSE");
    }
}
