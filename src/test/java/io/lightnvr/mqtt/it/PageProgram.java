package io.lightnvr.mqtt.it;

import io.lightnvr.mqtt.web.Answer;
import io.lightnvr.mqtt.web.Broadcast;
import io.lightnvr.mqtt.web.PageServer;
import io.lightnvr.mqtt.web.PageSettings;
import io.lightnvr.mqtt.web.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The page's server as a program, with a few answers of its own: its bounds are those of a process. It does what it is told. */
final class PageProgram implements AutoCloseable {

    private static final String READY = "ready ";
    private static final int LARGE = 16 << 20;

    private final Program program;
    private final int port;

    private PageProgram(Program program, int port) {
        this.program = program;
        this.port = port;
    }

    /** Starts it on the loopback. */
    static PageProgram start(TestBed bed) {
        return start(bed, "127.0.0.1", Ports.free(), false, "");
    }

    /** Starts it; {@code ""} for no password. */
    static PageProgram start(TestBed bed, String address, int port, boolean ingress, String password) {
        Program program = bed.program("page", Map.of(), command(List.of(), address, port, ingress, password));
        program.output().await("its port", line -> line.startsWith(READY));
        return new PageProgram(program, port);
    }

    /** What starts it, after the words of another program. */
    static List<String> command(List<String> prefix, String address, int port, boolean ingress, String password) {
        List<String> command = new ArrayList<>(prefix);
        command.add(BridgeProcess.java());
        command.addAll(BridgeProcess.QUICK);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                PageProgram.class.getName(),
                address,
                Integer.toString(port),
                Boolean.toString(ingress),
                password));
        return command;
    }

    int port() {
        return port;
    }

    /** What it has logged. */
    List<String> log() {
        return program.errors().all();
    }

    /**
     * Sends numbered events, each of so many bytes.
     *
     * @return how long the slowest took
     */
    Duration send(int events, int bytes) {
        return Duration.ofNanos(Long.parseLong(ask("send " + events + " " + bytes)));
    }

    /** Lets time pass for those who listen. */
    void pass(Duration time) {
        ask("pass " + time.toNanos());
    }

    /** Whether anybody listens to it. */
    boolean hasListeners() {
        return Boolean.parseBoolean(ask("listeners"));
    }

    /** The names of the threads that serve the page, the JDK's among them. */
    List<String> threads() {
        String names = ask("threads");
        return names.isEmpty() ? List.of() : List.of(names.split(","));
    }

    /** Closes the page; returns how long that took. */
    Duration closePage() {
        return Duration.ofNanos(Long.parseLong(ask("close")));
    }

    @Override
    public void close() {
        program.close();
    }

    private String ask(String command) {
        int before = program.output().all().size();
        program.tell(command);
        return program.output().await("an answer", before + 1, line -> true).get(before);
    }

    /** Runs it until its input ends. */
    public static void main(String[] arguments) throws IOException {
        AtomicLong passed = new AtomicLong();
        Broadcast broadcast =
                new Broadcast(() -> bytes("{\"started\":\"now\"}"), () -> System.nanoTime() + passed.get());
        PageSettings settings = new PageSettings(
                new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])),
                Optional.of(arguments[3]).filter(password -> !password.isEmpty()),
                Boolean.parseBoolean(arguments[2]),
                PageSettings.BRIDGE);
        try (PageServer page = PageServer.start(settings, PageProgram::answer, broadcast, Throwable::printStackTrace);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(READY + page.address().getPort());
            in.lines().forEach(line -> System.out.println(done(line.split(" "), page, broadcast, passed)));
        }
    }

    private static String done(String[] words, PageServer page, Broadcast broadcast, AtomicLong passed) {
        return switch (words[0]) {
            case "send" -> "" + slowest(broadcast, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "pass" -> "" + passed.addAndGet(Long.parseLong(words[1]));
            case "listeners" -> "" + broadcast.hasListeners();
            case "threads" -> names();
            default -> {
                long begun = System.nanoTime();
                page.close();
                yield "" + (System.nanoTime() - begun);
            }
        };
    }

    private static long slowest(Broadcast broadcast, int events, int bytes) {
        byte[] json = bytes("\"" + "x".repeat(bytes - 2) + "\"");
        long slowest = 0;
        for (int i = 0; i < events; i++) {
            long begun = System.nanoTime();
            broadcast.send("test", () -> json);
            slowest = Math.max(slowest, System.nanoTime() - begun);
        }
        return slowest;
    }

    private static String names() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getThreadGroup() != null
                        && thread.getThreadGroup().getName().equals("page"))
                .map(Thread::getName)
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static Answer answer(Request request) throws InterruptedException {
        return switch (request.path()) {
            case "api/status" -> Answer.json(bytes("{\"streams\":[]}"));
            case "api/events" -> Answer.events();
            case "api/large" -> Answer.of(200, "image/jpeg", new byte[LARGE]);
            case "api/endless" ->
                Answer.streamed("application/octet-stream", out -> {
                    out.write(bytes("begun\n"));
                    new CountDownLatch(1).await();
                });
            case "api/fault" -> throw new IllegalStateException("Oops");
            case "api/announce" -> Answer.text("announced");
            case "healthz" -> Answer.text("ok");
            default -> Answer.error(404, "There is nothing here");
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
