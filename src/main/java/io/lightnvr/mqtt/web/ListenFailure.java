package io.lightnvr.mqtt.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;

/** Why the page cannot listen, as a sentence for people. */
final class ListenFailure {

    private static final Map<String, String> REMEDIES = Map.of(
            "Address already in use", "choose another web.port",
            "Permission denied", "choose a web.port above 1023",
            "Cannot assign requested address", "set web.bind to an address of this machine",
            "the name is unknown", "set web.bind to an address of this machine");

    private ListenFailure() {}

    /** @param ingress whether the add-on's port is meant, which nobody can choose */
    static IOException of(InetSocketAddress address, boolean ingress, Exception cause) {
        String reason = address.isUnresolved() ? "the name is unknown" : String.valueOf(cause.getMessage());
        String remedy = REMEDIES.entrySet().stream()
                .filter(entry -> !ingress && reason.contains(entry.getKey()))
                .map(entry -> " -> " + entry.getValue())
                .findFirst()
                .orElse("");
        return new IOException("The page cannot listen on %s: %s%s".formatted(shown(address), reason, remedy), cause);
    }

    private static String shown(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
