package io.lightnvr.mqtt.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Checks that a host name resolves and a TCP port accepts connections. */
final class NetworkCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private NetworkCheck() {}

    /**
     * Checks both, and returns whether they succeed.
     *
     * @param options the names of the options with the host and the port
     */
    static boolean isReachable(CheckReport.Part part, String host, int port, String options) {
        return resolves(part, host, options) && isOpen(part, host, port, options);
    }

    private static boolean resolves(CheckReport.Part part, String host, String options) {
        try {
            String addresses = Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .distinct()
                    .collect(Collectors.joining(", "));
            part.ok(host.equals(addresses) ? host + " is an address" : host + " resolves to " + addresses);
            return true;
        } catch (UnknownHostException e) {
            part.failed(
                    "the name " + host + " cannot be resolved on this machine",
                    "correct " + options + ", or use the IP address instead of the name");
            return false;
        }
    }

    private static boolean isOpen(CheckReport.Part part, String host, int port, String options) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) TIMEOUT.toMillis());
            part.ok("port " + port + " is open");
            return true;
        } catch (IOException e) {
            part.failed(
                    "cannot connect to port " + port + " of " + host + ": " + e.getMessage(), advice(address, options));
            return false;
        }
    }

    private static String advice(InetSocketAddress address, String options) {
        return !address.isUnresolved() && address.getAddress().isLoopbackAddress()
                ? "start it, or correct " + options + "; in a container, " + address.getHostString()
                        + " is the container itself"
                : "start it, let this machine through its firewall, or correct " + options;
    }
}
