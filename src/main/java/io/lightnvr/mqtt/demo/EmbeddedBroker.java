package io.lightnvr.mqtt.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.management.MBeanServerFactory;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An MQTT 3.1.1 and 5 broker in this process, on the loopback only, without a password. Keeps everything in memory and loses it
 * when it closes. Starting takes about 0.6 s, mostly to load classes, and 0.9 s on a busy machine.
 *
 * <p>A subscriber that does not read loses messages beyond 16 MiB. One thread of the network library ends up to a
 * second after {@link #close()}, and delays the end of a process by as much.
 *
 * <p>From Java 24 the virtual machine prints four lines of warning about {@code sun.misc.Unsafe}, which the broker's
 * queues use; only {@code --sun-misc-unsafe-memory-access=allow} on the command line takes them away.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int ANY_PORT = 0;
    private static final long MAX_WAITING_BYTES = 16L << 20;
    private static final int THREADS = 2;
    private static final List<String> NOISY_LOGGERS = List.of("org.apache.activemq", "io.netty", "org.jgroups");

    private final ActiveMQServer server;
    private final int port;

    private EmbeddedBroker(ActiveMQServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker.
     *
     * @param port where it listens, 0 to 65,535; a free port if it is 0 or taken
     * @throws IOException if it cannot start
     */
    public static EmbeddedBroker start(int port) throws IOException {
        quieten(System.getProperties());
        ActiveMQServer server =
                new ActiveMQServerImpl(configuration(choosePort(port)), MBeanServerFactory.newMBeanServer());
        FutureTask<Integer> start = new FutureTask<>(() -> {
            server.start();
            return server.getRemotingService().getAcceptor("mqtt").getActualPort();
        });
        return new EmbeddedBroker(server, result(start, "The demo's broker could not start"));
    }

    /** The port on which it listens. */
    public int port() {
        return port;
    }

    /** Disconnects everyone and stops listening; a second call does nothing. */
    @Override
    public void close() {
        Callable<Void> stop = () -> {
            server.stop();
            return null;
        };
        try {
            result(new FutureTask<>(stop), "The demo's broker did not stop in order");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a call of the server, which may throw anything, and throws an IOException instead. */
    private static <T> T result(FutureTask<T> task, String failure) throws IOException {
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IOException(failure + ": " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(failure + ": interrupted", e);
        }
    }

    private static Configuration configuration(int port) {
        return new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setJournalType(JournalType.NIO) // the default would load a native library
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setMessageCounterEnabled(false)
                .setCriticalAnalyzer(false)
                .setGracefulShutdownEnabled(false)
                .setThreadPoolMaxSize(2 * THREADS)
                .setScheduledThreadPoolMaxSize(1)
                .setMaxDiskUsage(-1)
                .addAddressSetting(
                        "#",
                        new AddressSettings()
                                .setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP)
                                .setMaxSizeBytes(MAX_WAITING_BYTES))
                .addAcceptorConfiguration(acceptor(port));
    }

    private static TransportConfiguration acceptor(int port) {
        Map<String, Object> parameters = Map.of(
                TransportConstants.HOST_PROP_NAME,
                HOST,
                TransportConstants.PORT_PROP_NAME,
                port,
                TransportConstants.PROTOCOLS_PROP_NAME,
                "MQTT",
                TransportConstants.REMOTING_THREADS_PROPNAME,
                THREADS,
                TransportConstants.USE_EPOLL_PROP_NAME,
                false,
                TransportConstants.USE_KQUEUE_PROP_NAME,
                false);
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, "mqtt");
    }

    /**
     * The wanted port if it is free, else any free port.
     *
     * @param wanted 0 to 65,535; 0 for any free port
     */
    static int choosePort(int wanted) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(HOST), wanted));
            return probe.getLocalPort();
        } catch (BindException e) {
            return choosePort(ANY_PORT);
        }
    }

    /** Lets only errors reach the demo's screen, unless the user has set another level. */
    private static void quieten(Properties system) {
        for (String logger : NOISY_LOGGERS) {
            system.putIfAbsent("org.slf4j.simpleLogger.log." + logger, "error");
        }
        system.putIfAbsent("io.netty.noUnsafe", "true");
    }
}
