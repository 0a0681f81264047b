package io.lightnvr.mqtt.web;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/**
 * How the page is reached.
 *
 * @param address where it listens; port 0 for any
 * @param password demanded from everybody if present
 * @param ingress whether Home Assistant's ingress is the only way in: the Supervisor and the loopback are let in, nobody else
 * @param mode {@link #BRIDGE} or {@link #SETUP}
 */
public record PageSettings(InetSocketAddress address, Optional<String> password, boolean ingress, String mode) {

    /** The mode in which a bridge runs. */
    public static final String BRIDGE = "bridge";

    /** The mode in which the configuration is missing or refused. */
    public static final String SETUP = "setup";

    /** Checks the mode. */
    public PageSettings {
        if (!Set.of(BRIDGE, SETUP).contains(mode)) {
            throw new IllegalArgumentException("There is no mode [" + mode + "]");
        }
    }

    /** Hides the password. */
    @Override
    public String toString() {
        return "PageSettings[address=%s, password=%s, ingress=%s, mode=%s]"
                .formatted(address, password.map(secret -> "***"), ingress, mode);
    }
}
