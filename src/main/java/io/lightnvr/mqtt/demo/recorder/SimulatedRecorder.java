package io.lightnvr.mqtt.demo.recorder;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A LightNVR 0.37.2 on the loopback, as far as its HTTP API tells. What it holds, and what goes wrong with it, may be
 * changed from any thread while it answers.
 *
 * <p>Its bodies are the real one's to the byte. Its heads are not: the JDK's server writes a {@code Date}, and header
 * names in its own spelling. Like the real one it answers four calls at once.
 */
public final class SimulatedRecorder implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int BACKLOG = 50;
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private final SimulatedClock clock;
    private final SimulatedRows rows;
    private final SimulatedStreams streams;
    private final Faults faults = new Faults();
    private final RequestCounter counter = new RequestCounter();
    private final Access access;
    private final HealthCalls health;
    private final SettingsCall settings;
    private final FrameCall frame;
    private final Routes routes;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, SimulatedRecorder::thread);
    private final int port;
    private HttpServer server;

    private SimulatedRecorder(RecorderSetup setup) throws IOException {
        clock = new SimulatedClock(setup.clock(), setup.zone());
        rows = new SimulatedRows(clock);
        streams = new SimulatedStreams(clock);
        access = new Access(setup.accounts(), setup.tokens());
        health = new HealthCalls(clock, streams, counter);
        settings = new SettingsCall(access, this::port);
        frame = new FrameCall(streams);
        routes = routes();
        server = bind(setup.port());
        port = server.getAddress().getPort();
    }

    /**
     * Starts a recorder.
     *
     * @throws IOException where its port cannot be had
     */
    public static SimulatedRecorder start(RecorderSetup setup) throws IOException {
        return start(setup, recorder -> {});
    }

    /**
     * Starts a recorder that has a past.
     *
     * @param past gives it what it holds, before it answers anyone
     * @throws IOException where its port cannot be had
     */
    public static SimulatedRecorder start(RecorderSetup setup, Consumer<SimulatedRecorder> past) throws IOException {
        // Without it a kept-alive connection waits 40 ms for each body: the JDK's server writes head and body apart.
        System.getProperties().putIfAbsent(NO_DELAY, "true");
        SimulatedRecorder recorder = new SimulatedRecorder(setup);
        past.accept(recorder);
        recorder.server.start();
        return recorder;
    }

    /** Where it answers, without a slash at the end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    public SimulatedClock clock() {
        return clock;
    }

    public SimulatedRows rows() {
        return rows;
    }

    public SimulatedStreams streams() {
        return streams;
    }

    public Faults faults() {
        return faults;
    }

    /** What was asked so far. */
    public RequestCounter requests() {
        return counter;
    }

    public void setNativePublisher(SimulatedPublisher publisher) {
        settings.set(publisher);
    }

    /** Whether it gives pictures, as one with go2rtc does; at first it does not. */
    public void setPictures(boolean on) {
        frame.set(on);
    }

    /** Ends all sessions, so that their cookies are good for nothing. */
    public void forgetSessions() {
        access.forgetSessions();
    }

    /** Breaks all connections and refuses new ones. */
    public synchronized void stopListening() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /**
     * Listens again, on the same port.
     *
     * @throws IOException where another program took the port
     */
    public synchronized void listenAgain() throws IOException {
        if (server == null) {
            server = bind(port);
            server.start();
        }
    }

    /** As if its process had ended and begun again: its connections break and its uptime is 0; sessions stay. */
    public void restart() throws IOException {
        stopListening();
        health.restart();
        listenAgain();
    }

    @Override
    public void close() {
        stopListening();
        threads.shutdownNow();
    }

    private Routes routes() {
        AuthCalls auth = new AuthCalls(access);
        StreamsCall list = new StreamsCall(streams);
        return new Routes(access)
                .open("GET /api/health", health::health)
                .open("GET /api/detection/results*", new ResultsCall(clock, streams, rows, faults)::get)
                .open("GET /go2rtc/api/frame.jpeg", frame::get)
                .open("GET /api/auth/verify", auth::verify)
                .open("POST /api/auth/login", auth::logIn)
                .loggedIn("GET /api/streams", list::list)
                .loggedIn("GET /api/streams/*", list::below)
                .loggedIn("GET /api/settings", settings::get)
                .loggedIn("GET /api/system/info", health::info)
                .loggedIn("POST /api/motion/trigger", new TriggerCall(clock, streams, rows)::post);
    }

    private HttpServer bind(int wanted) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wanted);
        HttpServer created = HttpServer.create(address, BACKLOG);
        created.createContext("/", this::handle);
        created.setExecutor(threads);
        return created;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = Request.of(exchange);
            counter.add(request.path());
            TimeUnit.NANOSECONDS.sleep(faults.delay().toNanos());
            SimulatedAnswer answer = faults.instead(request.path()).orElseGet(() -> routes.answer(request));
            answer.writeHead(exchange.getResponseHeaders());
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "simulated recorder");
        thread.setDaemon(true);
        return thread;
    }
}
