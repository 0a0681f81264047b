package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.Secret;
import io.lightnvr.mqtt.supervisor.Supervisor;
import io.lightnvr.mqtt.web.PageSettings;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/** How the page is reached: by Home Assistant's ingress in the add-on, elsewhere as the user has configured it. */
final class PageDoor {

    /** The image sets it; the add-on's manifest tells Home Assistant the same port. */
    private static final String INGRESS_PORT = "LIGHTNVR_MQTT_INGRESS_PORT";

    private PageDoor() {}

    /** The door of Home Assistant's ingress, if the Supervisor has started this program. */
    static Optional<PageSettings> ingress(Map<String, String> environment, String mode) {
        return Supervisor.of(environment)
                .flatMap(supervisor -> Optional.ofNullable(environment.get(INGRESS_PORT)))
                .map(port ->
                        new PageSettings(new InetSocketAddress(Integer.parseInt(port)), Optional.empty(), true, mode));
    }

    /** The door of the page of a bridge; nothing if there is to be no page. */
    static Optional<PageSettings> of(Configuration.Web web, Map<String, String> environment) {
        return ingress(environment, PageSettings.BRIDGE)
                .or(() -> web.address()
                        .map(address -> new PageSettings(
                                address, web.password().map(Secret::value), false, PageSettings.BRIDGE)));
    }
}
