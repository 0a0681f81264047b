package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.SourceException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Sends requests over HTTP/1.1: at most 4 at once (the recorder has 4 threads and one database lock), each with a
 * deadline for the whole answer and a limit for its size. Does not follow redirects. Thread-safe.
 */
final class LightNvrClient implements AutoCloseable {

    private static final int AT_ONCE = 4;
    private static final int KIBIBYTE = 1 << 10;
    private static final int USUAL_HEAD = 256;
    private static final Pattern SESSION = Pattern.compile("^\\s*session=([!-:<-~]{1,4096})(?:[;\\s]|$)");

    /** Java's complaint of an answer that is not TLS contains this, whichever of its classes complains. */
    private static final String NOT_TLS = "unrecognized ssl message";

    private final URI url;
    private final Deadlines deadlines;
    private final LongSupplier nanoTime;
    private final Semaphore slots = new Semaphore(AT_ONCE, true);
    private final RecorderConnections connections;
    private final String host;
    private final String basePath;
    private volatile boolean isClosed;

    /**
     * The time limits of a request.
     *
     * @param connect for the connection
     * @param answer for the whole answer, however slowly it drips
     */
    record Deadlines(Duration connect, Duration answer) {

        static Deadlines usual() {
            return new Deadlines(Duration.ofSeconds(5), AnswerLimit.USUAL_TIME);
        }
    }

    private interface Exchange {
        HttpAnswer ask(long deadline) throws IOException, InterruptedException;
    }

    LightNvrClient(URI url, Deadlines deadlines, LongSupplier nanoTime) {
        this.url = url;
        this.deadlines = deadlines;
        this.nanoTime = nanoTime;
        this.connections = new RecorderConnections(
                url, new HostLookup(url.getHost(), InetAddress::getAllByName), deadlines.connect());
        this.host = url.getRawAuthority();
        this.basePath = url.getRawPath();
    }

    /** Requests an answer within the {@linkplain AnswerLimit#USUAL usual limit}. */
    RecorderAnswer get(String path, Map<String, String> headers) throws SourceException, InterruptedException {
        return get(path, headers, AnswerLimit.USUAL);
    }

    /**
     * Requests an answer.
     *
     * @param path begins with {@code /}, encoded
     * @param headers the credentials
     * @throws SourceException if there is no answer within the limit
     */
    RecorderAnswer get(String path, Map<String, String> headers, AnswerLimit limit)
            throws SourceException, InterruptedException {
        byte[] request = request("GET", path, headers, "");
        return ask("GET " + path, limit, deadline -> connections.repeatable(request, limit.bytes(), deadline));
    }

    /** Posts a JSON text. */
    RecorderAnswer post(String path, String json) throws SourceException, InterruptedException {
        return send("POST", path, Map.of(), json, AnswerLimit.USUAL);
    }

    /**
     * Sends a JSON text, once.
     *
     * @param method such as {@code PUT}
     * @param path begins with {@code /}, encoded
     * @param headers the credentials
     * @throws SourceException if there is no answer within the limit
     */
    RecorderAnswer send(String method, String path, Map<String, String> headers, String json, AnswerLimit limit)
            throws SourceException, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "application/json");
        byte[] request = request(method, path, all, json);
        return ask(method + " " + path, limit, deadline -> connections.once(request, limit.bytes(), deadline));
    }

    /** Writes a request, whose head goes out at once: the recorder does not wait for the rest of one. */
    private byte[] request(String method, String path, Map<String, String> headers, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(USUAL_HEAD)
                .append(method)
                .append(' ')
                .append(checked(basePath))
                .append(checked(path))
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\nUser-Agent: lightnvr-mqtt\r\n");
        headers.forEach((name, value) ->
                head.append(name).append(": ").append(checked(value)).append("\r\n"));
        if (content.length > 0) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(start, start.length + content.length);
        System.arraycopy(content, 0, request, start.length, content.length);
        return request;
    }

    private RecorderAnswer ask(String call, AnswerLimit limit, Exchange exchange)
            throws SourceException, InterruptedException {
        slots.acquire();
        try {
            long sent = nanoTime.getAsLong();
            HttpAnswer answer = answer(call, limit, exchange);
            return new RecorderAnswer(
                    call,
                    answer.status(),
                    answer.body(),
                    session(answer),
                    answer.location(),
                    sent,
                    nanoTime.getAsLong());
        } finally {
            slots.release();
        }
    }

    private HttpAnswer answer(String call, AnswerLimit limit, Exchange exchange)
            throws SourceException, InterruptedException {
        Duration time = limit.time().compareTo(deadlines.answer()) < 0 ? limit.time() : deadlines.answer();
        long deadline = System.nanoTime() + time.toNanos();
        try {
            return exchange.ask(deadline);
        } catch (CancellationException e) {
            throw ended(call);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (isClosed) {
                throw ended(call);
            }
            boolean isLate = System.nanoTime() - deadline >= 0 && !(e instanceof ConnectException);
            throw new SourceException(isLate ? late(call, time) : sentence(call, e), e);
        }
    }

    private static String late(String call, Duration time) {
        String within = time.toString().substring(2).toLowerCase(Locale.ROOT);
        return "The recorder did not finish its answer to %s within %s".formatted(call, within);
    }

    private static SourceException ended(String call) {
        return new SourceException("%s was cancelled because the bridge is stopping".formatted(call));
    }

    private String sentence(String call, IOException cause) {
        if (cause instanceof TooLongException tooLong) {
            return "The recorder answered %s with more than %d KiB".formatted(call, tooLong.maxBytes() / KIBIBYTE);
        }
        if (cause instanceof ConnectException) {
            boolean isUnknown = cause.getCause() instanceof UnknownHostException;
            return "The recorder at %s cannot be reached%s"
                    .formatted(url, isUnknown ? ": its host name has no address" : "");
        }
        if (cause instanceof SSLException && isPlainAnswer(cause)) {
            return "The recorder at %s does not speak https on this port: use http in nvr.url".formatted(url);
        }
        if (cause instanceof SSLException && !(cause.getCause() instanceof EOFException)) {
            return "The recorder at %s cannot be trusted: %s".formatted(url, distrust(cause));
        }
        return "The recorder's answer to %s broke off".formatted(call);
    }

    private static String distrust(IOException cause) {
        return Stream.of("path building failed", "path validation failed")
                        .anyMatch(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT)::contains)
                ? "its certificate is not signed by a trusted authority, or is not valid now; let Java trust it (nvr.url in"
                        + " docs/configuration.md)"
                : cause.getMessage();
    }

    /** Returns whether the answer to a TLS handshake was none, as of a server that speaks plain HTTP. */
    private static boolean isPlainAnswer(Throwable cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains(NOT_TLS);
    }

    /** Returns whether a header can carry a text as its value. */
    static boolean isHeaderValue(String text) {
        return !text.isEmpty() && text.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
    }

    /** Refuses what would end a line of the head, which only a fault of this program could bring in. */
    private static String checked(String text) {
        if (!text.isEmpty() && !isHeaderValue(text)) {
            throw new IllegalArgumentException("A request must not contain control characters");
        }
        return text;
    }

    private static Optional<String> session(HttpAnswer answer) {
        return answer.cookies().stream()
                .map(SESSION::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    /** Cancels running requests; later ones fail. */
    @Override
    public void close() {
        isClosed = true;
        connections.close();
    }
}
