package io.lightnvr.mqtt.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of the loopback. From below those that the system gives to clients: there a client that tries a port again
 * and again, while nobody listens, could meet itself.
 */
public final class Ports {

    private static final int LEAST = 20_000;
    private static final int MOST = 30_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** A port that is free, and that no other test was given. */
    public static int free() {
        for (int port = random(); ; port = random()) {
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt(LEAST, MOST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
