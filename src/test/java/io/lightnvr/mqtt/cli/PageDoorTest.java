package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.Secret;
import io.lightnvr.mqtt.web.PageSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageDoorTest {

    private static final Map<String, String> ADDON =
            Map.of("SUPERVISOR_TOKEN", "secret", "LIGHTNVR_MQTT_INGRESS_PORT", "8099");

    private static Configuration.Web web(int port, String bind, Optional<String> password) throws Exception {
        return new Configuration.Web(port, InetAddress.getByName(bind), password.map(Secret::new), 20);
    }

    @Test
    void isClosedUnlessAPortIsConfigured() throws Exception {
        assertThat(PageDoor.of(web(0, "127.0.0.1", Optional.empty()), Map.of())).isEmpty();
    }

    @Test
    void isWhereTheUserWantsIt() throws Exception {
        assertThat(PageDoor.of(web(8080, "0.0.0.0", Optional.of("a password")), Map.of()))
                .hasValue(new PageSettings(
                        new InetSocketAddress("0.0.0.0", 8080), Optional.of("a password"), false, PageSettings.BRIDGE));
    }

    @Test
    void isHomeAssistantsIngressInTheAddOnWhateverIsConfigured() throws Exception {
        assertThat(PageDoor.of(web(8080, "0.0.0.0", Optional.of("a password")), ADDON))
                .hasValue(new PageSettings(new InetSocketAddress(8099), Optional.empty(), true, PageSettings.BRIDGE));
        assertThat(PageDoor.ingress(ADDON, PageSettings.SETUP).map(PageSettings::mode))
                .hasValue(PageSettings.SETUP);
    }

    @Test
    void thereIsNoIngressWithoutTheSupervisorOrWithoutItsPort() {
        assertThat(PageDoor.ingress(Map.of("LIGHTNVR_MQTT_INGRESS_PORT", "8099"), PageSettings.SETUP))
                .isEmpty();
        assertThat(PageDoor.ingress(Map.of("SUPERVISOR_TOKEN", "secret"), PageSettings.SETUP))
                .isEmpty();
    }
}
