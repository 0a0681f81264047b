package io.lightnvr.mqtt.source.lightnvr;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Finds the addresses of a host on threads of its own, since a lookup cannot be ended and may take half a minute: few threads, and
 * none while nothing is looked up. Thread-safe.
 */
final class HostLookup {

    private static final int THREADS = 2;
    private static final int IDLE_SECONDS = 10;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]|.*:.*");

    private final String host;
    private final Resolver resolver;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), HostLookup::thread);

    /** Knows the addresses of names. */
    @FunctionalInterface
    interface Resolver {

        /**
         * Returns the addresses of a host, at least one.
         *
         * @throws UnknownHostException if it has none
         */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** @param host a name, or an address, which needs no lookup */
    HostLookup(String host, Resolver resolver) {
        this.host = host;
        this.resolver = resolver;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Begins to look; the result fails with an {@link UnknownHostException} where there is no address. */
    Future<InetAddress[]> start() {
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> resolver.addresses(host));
        if (ADDRESS.matcher(host).matches()) {
            lookup.run();
        } else {
            threads.execute(lookup);
        }
        return lookup;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "recorder-lookup");
        thread.setDaemon(true);
        return thread;
    }
}
