package io.lightnvr.mqtt.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The HTTP server of the page. It reads heads of 8 KiB and bodies of 4 KiB, which have 10 s to arrive, as have its answers to be
 * taken, on at most 200 connections: a browser holds up to six, and twenty pages may be open.
 *
 * <p>It is the JDK's server. That reads a head before anybody here sees it, keeps a connection for its next request for 30 s, closes
 * one that never says anything after as long, and refuses a malformed head in its own words.
 */
public final class PageServer implements AutoCloseable {

    /** How many connections there may be at once. */
    static final int MOST_CONNECTIONS = 200;

    private static final String FILES = "io/lightnvr/mqtt/web/";
    private static final int JDK_HEAD_BYTES = 16 << 10;
    private static final int BACKLOG = 50;
    private static final Duration FAREWELL = Duration.ofMillis(300);
    private static final Duration END = Duration.ofMillis(300);

    /** Read by the JDK's server once in a process. It counts 32 bytes more for each header, so that ours is the stricter bound. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.nodelay", "true",
            "sun.net.httpserver.maxReqHeaderSize", Integer.toString(JDK_HEAD_BYTES),
            "jdk.httpserver.maxConnections", Integer.toString(MOST_CONNECTIONS));

    private final Broadcast broadcast;
    private final FaultLog faults = new FaultLog(System::nanoTime);
    private final PageThreads threads;
    private final AnswerWriter writer;
    private final Door door;
    private final Reception reception;
    private final HttpServer server;

    private PageServer(
            PageSettings settings, String folder, Routes routes, Broadcast broadcast, Consumer<Throwable> onError)
            throws IOException {
        this.broadcast = broadcast;
        Token token = new Token();
        door = new Door(
                settings.ingress(),
                settings.password().map(password -> new PasswordGate(password, System::nanoTime)),
                token);
        PageFiles files = new PageFiles(folder, Map.of("@TOKEN@", token.text(), "@MODE@", settings.mode()));
        reception = new Reception(door, files, routes, faults);
        ThreadGroup group = new Group(onError);
        threads = new PageThreads(group, faults::add);
        writer = new AnswerWriter(settings.ingress(), broadcast, threads);
        server = inGroup(group, () -> listen(settings));
    }

    /**
     * Starts the page.
     *
     * @param broadcast is closed with the page
     * @param onError gets a fault after which the page cannot go on
     * @throws IOException if it cannot listen, with a sentence for people
     */
    public static PageServer start(
            PageSettings settings, Routes routes, Broadcast broadcast, Consumer<Throwable> onError) throws IOException {
        return start(settings, FILES, routes, broadcast, onError);
    }

    /** The same with other files. */
    static PageServer start(
            PageSettings settings, String folder, Routes routes, Broadcast broadcast, Consumer<Throwable> onError)
            throws IOException {
        LIMITS.forEach(System.getProperties()::putIfAbsent);
        return new PageServer(settings, folder, routes, broadcast, onError);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Tells all listeners, closes all connections and ends all threads, within a second. */
    @Override
    public void close() {
        try {
            broadcast.close(FAREWELL);
            threads.stop();
            server.stop(0);
            threads.await(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            threads.stop();
            server.stop(0);
        }
    }

    private HttpServer listen(PageSettings settings) throws IOException {
        try {
            HttpServer created = HttpServer.create(settings.address(), BACKLOG);
            created.createContext("/", this::handle);
            created.setExecutor(threads);
            created.start();
            return created;
        } catch (IOException | RuntimeException e) {
            throw ListenFailure.of(settings.address(), settings.ingress(), e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Head head = Head.of(exchange);
        if (!door.mayConnect(head.peer())) {
            throw new IOException("Not let in");
        }
        try {
            writer.write(exchange, reception.answer(head, exchange.getRequestBody(), threads.deadline()::lift));
        } catch (InterruptedException e) {
            throw new IOException("Interrupted", e);
        } catch (RuntimeException | Error e) {
            faults.add(e);
            throw new IOException("A fault", e);
        }
    }

    /** Makes the JDK's own threads in our group, so that the end of one is noticed. */
    private static <T> T inGroup(ThreadGroup group, Callable<T> work) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                group,
                () -> {
                    try {
                        result.complete(work.call());
                    } catch (Exception | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "page-start");
        thread.setDaemon(true);
        thread.start();
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Reports the end of a thread that all others need: the page's own catch everything. */
    private static final class Group extends ThreadGroup {

        private final Consumer<Throwable> onError;

        Group(Consumer<Throwable> onError) {
            super("page");
            this.onError = onError;
        }

        @Override
        public void uncaughtException(Thread thread, Throwable fault) {
            onError.accept(fault);
        }
    }
}
