package io.lightnvr.mqtt.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.TestBed;
import io.lightnvr.mqtt.supervisor.FakeSupervisor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first start as an add-on: the page says what is missing and what to do, and follows when it is given. */
class PageSetupIT {

    @RegisterExtension
    static final Chromium BROWSER = new Chromium();

    @RegisterExtension
    final TestBed bed = new TestBed();

    private final int port = Ports.free();
    private final String url = "http://127.0.0.1:" + port + "/";
    private FakeSupervisor supervisor;

    @BeforeEach
    void startASupervisor() {
        supervisor = bed.own(FakeSupervisor.start());
    }

    @Test
    void aBrokerIsMissing() {
        run(BridgeOptions.ofAddOn(bed.recorder().url())).awaitLog("The page is in");

        BROWSER.open(url + "#health");

        BROWSER.awaitText("#health", "No MQTT broker");
        assertThat(BROWSER.text("#health"))
                .contains("install and start the Mosquitto broker add-on, or set mqtt.broker_host");
        Mosquitto broker = bed.broker();
        supervisor.tellBroker(broker.port(), "", "");
        BROWSER.awaitText("#headline", "Everything works");
    }

    @Test
    void aConfigurationIsRefusedAndThenMended() {
        BridgeProcess refused = run(BridgeOptions.ofAddOn(bed.recorder().url())
                .with("nvr", "url", "ftp://recorder")
                .mqtt("broker_port", 70_000));
        refused.awaitLog("the add-on waits");

        BROWSER.size(360, 800).open(url);

        BROWSER.awaitText("#setup h1", "Welcome to LightNVR MQTT");
        BROWSER.awaitText("#problems", "nvr.url");
        assertThat(BROWSER.text("#problems")).contains("mqtt.broker_port").contains("70000");
        assertThat(BROWSER.count("#steps li")).isEqualTo(3);
        assertThat(BROWSER.count("nav a")).isZero();
        assertThat(Layout.widest(BROWSER)).isEmpty();
        assertThat(Axe.violations(BROWSER)).isEmpty();
        BROWSER.prefer("prefers-color-scheme", "dark");
        assertThat(Axe.violations(BROWSER)).isEmpty();

        refused.terminate();
        BROWSER.await("body.lost");
        run(BridgeOptions.of(bed.recorder(), bed.broker().port()));

        BROWSER.await("#live");
        BROWSER.awaitText("#live .empty", "No cameras yet");
    }

    private BridgeProcess run(BridgeOptions options) {
        List<String> prefix = new ArrayList<>(List.of("env", "LIGHTNVR_MQTT_INGRESS_PORT=" + port));
        supervisor.environment().forEach((name, value) -> prefix.add(name + "=" + value));
        return BridgeProcess.start(
                bed, prefix, "run", "--config", options.write(bed).toString());
    }
}
