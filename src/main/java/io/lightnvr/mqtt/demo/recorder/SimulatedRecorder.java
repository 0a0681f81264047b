package io.lightnvr.mqtt.demo.recorder;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lightnvr.mqtt.event.StreamName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The HTTP API of LightNVR 0.37.2 on the loopback, or of 0.47 with its rights and its ids of cameras. Its rows, streams and faults
 * may be changed from any thread while it answers.
 *
 * <p>Bodies are those of the real recorder to the byte. Heads are not: the JDK's server adds a {@code Date} and spells the names of
 * headers in its own way. Like the real one, it answers four calls at once.
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
    private final Generation generation;
    private final Access access;
    private final HealthCalls health;
    private final SettingsCall settings;
    private final FrameCall frame;
    private final RecordingsCall recordings;
    private final ControlCalls controls;
    private final Routes routes;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, SimulatedRecorder::thread);
    private final int port;
    private HttpServer server;

    private SimulatedRecorder(RecorderSetup setup) throws IOException {
        clock = new SimulatedClock(setup.clock(), setup.zone());
        rows = new SimulatedRows(clock);
        streams = new SimulatedStreams(clock);
        generation = setup.generation();
        access = new Access(setup.accounts(), setup.tokens());
        health = new HealthCalls(clock, streams, counter, generation.version());
        settings = new SettingsCall(access, this::port, generation);
        frame = new FrameCall(streams);
        recordings = new RecordingsCall(access);
        controls = new ControlCalls(streams, access, generation);
        routes = routes();
        server = bind(setup.port());
        port = server.getAddress().getPort();
    }

    /**
     * Starts a recorder.
     *
     * @throws IOException if it cannot listen on its port
     */
    public static SimulatedRecorder start(RecorderSetup setup) throws IOException {
        return start(setup, recorder -> {});
    }

    /**
     * Starts a recorder that has a past.
     *
     * @param past adds streams and rows before the first answer
     * @throws IOException if it cannot listen on its port
     */
    public static SimulatedRecorder start(RecorderSetup setup, Consumer<SimulatedRecorder> past) throws IOException {
        // Without it a kept-alive connection waits 40 ms for each body: the JDK's server writes head and body
        // separately.
        System.getProperties().putIfAbsent(NO_DELAY, "true");
        SimulatedRecorder recorder = new SimulatedRecorder(setup);
        past.accept(recorder);
        recorder.server.start();
        return recorder;
    }

    /** Its address, without a slash at the end. */
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

    /** The requests so far. */
    public RequestCounter requests() {
        return counter;
    }

    /** Sets up the recorder's own publisher; off at first. */
    public void setNativePublisher(SimulatedPublisher publisher) {
        settings.set(publisher);
    }

    /** Whether it has pictures, as one with go2rtc does; off at first. */
    public void setPictures(boolean on) {
        frame.set(on);
    }

    /** Draws the pictures that the cameras take: JPEGs. */
    public void drawFrames(Function<StreamName, byte[]> drawing) {
        frame.drawnBy(drawing);
    }

    /**
     * Finishes a recording of a stream, which can be played then.
     *
     * @param start its first second, in epoch seconds by the recorder's clock
     * @param end its last
     * @return its id
     */
    public long finishRecording(StreamName stream, long start, long end) {
        return recordings.add(stream, start, end);
    }

    /** The token of the preset to which a stream's camera was turned last, or {@code home}; empty if nobody has turned it. */
    public Optional<String> place(StreamName stream) {
        return controls.place(stream);
    }

    /** Whether somebody records a stream by hand. */
    public boolean isRecordedByHand(StreamName stream) {
        return controls.isByHand(stream);
    }

    /** Ends all sessions; their cookies are no longer accepted. */
    public void forgetSessions() {
        access.forgetSessions();
    }

    /** Lets the API key of a user expire. */
    public void expireKey(String username) {
        access.expireKey(username);
    }

    /** Refuses the password of a user, who must change it first. */
    public void requireNewPassword(String username) {
        access.requireNewPassword(username);
    }

    /** Limits what a user sees to these streams. */
    public void setScope(String username, Set<StreamName> visible) {
        access.setScope(username, visible);
    }

    /** Gives a stream another name; its rows and its camera's id stay. */
    public void rename(StreamName old, StreamName renamed) {
        streams.rename(old, renamed);
        rows.rename(old, renamed);
    }

    /** Whether it looks for objects on a stream that it has. */
    public boolean looksAt(StreamName stream) {
        return streams.find(stream)
                .map(known -> streams.settings(stream))
                .filter(settings -> settings.detects() && !settings.isPrivate())
                .isPresent();
    }

    public Generation generation() {
        return generation;
    }

    /** Closes all connections and refuses new ones. */
    public synchronized void stopListening() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /**
     * Listens again, on the same port.
     *
     * @throws IOException if another program has taken the port
     */
    public synchronized void listenAgain() throws IOException {
        if (server == null) {
            server = bind(port);
            server.start();
        }
    }

    /** Restarts it: connections break, and the uptime is 0 again. Sessions stay. */
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
        StreamsCall list = new StreamsCall(streams, access, generation);
        ResultsCall results = new ResultsCall(clock, streams, rows, faults);
        Routes routes = new Routes(access).open("GET /api/health", health::health);
        if (generation == Generation.V0_47) {
            routes.loggedIn("GET /api/detection/results*", within(ResultsCall::stream, results::get))
                    .loggedIn("GET /go2rtc/api/frame.jpeg", within(FrameCall::stream, frame::get));
        } else {
            routes.open("GET /api/detection/results*", results::get).open("GET /go2rtc/api/frame.jpeg", frame::get);
        }
        return routes.open("GET /api/auth/verify", auth::verify)
                .open("POST /api/auth/login", auth::logIn)
                .loggedIn("GET /api/streams", list::list)
                .loggedIn(
                        "GET /api/streams/*",
                        (request, account) -> ControlCalls.concerns(request.path())
                                ? controls.get(request, account)
                                : list.below(request, account))
                .loggedIn("PUT /api/streams/*", controls::put)
                .loggedIn("POST /api/streams/*", controls::post)
                .loggedIn("GET /api/recordings", recordings::list)
                .loggedIn("GET /api/settings", settings::get)
                .loggedIn("GET /api/system/info", health::info)
                .loggedIn("POST /api/motion/trigger", new TriggerCall(clock, streams, rows)::post);
    }

    /** A call about one stream, for those who see it. */
    private BiFunction<Request, Account, SimulatedAnswer> within(
            Function<Request, String> stream, Function<Request, SimulatedAnswer> call) {
        return (request, account) -> {
            String name = stream.apply(request);
            return name.isEmpty() || access.sees(account, new StreamName(name))
                    ? call.apply(request)
                    : SimulatedAnswer.error(403, "Forbidden");
        };
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
