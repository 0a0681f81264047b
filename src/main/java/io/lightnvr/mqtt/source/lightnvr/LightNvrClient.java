package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.SourceException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * Sends requests over HTTP/1.1: at most 4 at once (the recorder has 4 threads and one database lock), each with a
 * deadline for the whole answer and a limit for its size. Does not follow redirects. Thread-safe.
 */
final class LightNvrClient implements AutoCloseable {

    private static final int AT_ONCE = 4;
    private static final int THREADS = 2;

    private static final int KIBIBYTE = 1 << 10;
    private static final Duration IDLE_THREAD = Duration.ofSeconds(10);
    private static final Pattern SESSION = Pattern.compile("^\\s*session=([!-:<-~]{1,4096})(?:[;\\s]|$)");

    /** Java's complaint of an answer that is not TLS contains this, whichever of its classes complains. */
    private static final String NOT_TLS = "unrecognized ssl message";

    private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]+");

    private final URI url;
    private final Deadlines deadlines;
    private final LongSupplier nanoTime;
    private final Semaphore slots = new Semaphore(AT_ONCE, true);
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private final HttpClient http;
    private volatile boolean closed;

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

    LightNvrClient(URI url, Deadlines deadlines, LongSupplier nanoTime) {
        this.url = url;
        this.deadlines = deadlines;
        this.nanoTime = nanoTime;
        HttpClient.Builder builder = HttpClient.newBuilder();
        if (url.getScheme().equals("http")) {
            builder.sslContext(noContext());
        }
        this.http = builder.version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(deadlines.connect())
                .executor(threads())
                .build();
    }

    /** Avoids reading the system's certificates at start, which a plain connection never needs. */
    private static SSLContext noContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every Java platform has TLS", e);
        }
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
        return ask("GET " + path, request(path, headers).GET().build(), limit);
    }

    /** Posts a JSON text. */
    RecorderAnswer post(String path, String json) throws SourceException, InterruptedException {
        HttpRequest.Builder request = request(path, Map.of("Content-Type", "application/json"));
        return ask(
                "POST " + path,
                request.POST(BodyPublishers.ofString(json, StandardCharsets.UTF_8))
                        .build(),
                AnswerLimit.USUAL);
    }

    private HttpRequest.Builder request(String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        headers.forEach(request::header);
        return request;
    }

    private RecorderAnswer ask(String call, HttpRequest request, AnswerLimit limit)
            throws SourceException, InterruptedException {
        slots.acquire();
        try {
            long sent = nanoTime.getAsLong();
            HttpResponse<byte[]> response = response(call, request, limit);
            return new RecorderAnswer(
                    call,
                    response.statusCode(),
                    response.body(),
                    session(response),
                    response.headers().firstValue("Location"),
                    sent,
                    nanoTime.getAsLong());
        } finally {
            slots.release();
        }
    }

    private HttpResponse<byte[]> response(String call, HttpRequest request, AnswerLimit limit)
            throws SourceException, InterruptedException {
        Duration time = limit.time().compareTo(deadlines.answer()) < 0 ? limit.time() : deadlines.answer();
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request, head -> new LimitedBody(limit.bytes()));
        underWay.add(response);
        try {
            if (closed) {
                throw ended(call);
            }
            return response.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            String within = time.toString().substring(2).toLowerCase(Locale.ROOT);
            throw new SourceException("The recorder did not finish its answer to %s within %s".formatted(call, within));
        } catch (CancellationException e) {
            throw ended(call);
        } catch (ExecutionException e) {
            throw failed(call, e.getCause());
        } finally {
            underWay.remove(response);
            response.cancel(true);
        }
    }

    /** Returns the exception for a failure; throws a fault of this program as it is, so that it ends the process. */
    SourceException failed(String call, Throwable cause) {
        if (cause instanceof Error fault) {
            throw fault;
        }
        return closed ? ended(call) : new SourceException(sentence(call, cause), cause);
    }

    private static SourceException ended(String call) {
        return new SourceException("%s was cancelled because the bridge is stopping".formatted(call));
    }

    private String sentence(String call, Throwable cause) {
        if (cause instanceof LimitedBody.TooLongException tooLong) {
            return "The recorder answered %s with more than %d KiB".formatted(call, tooLong.maxBytes() / KIBIBYTE);
        }
        if (cause instanceof SSLException && isPlainAnswer(cause)) {
            return "The recorder at %s does not speak https on this port: use http in nvr.url".formatted(url);
        }
        if (cause instanceof SSLException) {
            return "The recorder at %s cannot be trusted: %s".formatted(url, cause.getMessage());
        }
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            boolean isUnknown = cause.getCause() instanceof UnresolvedAddressException;
            return "The recorder at %s cannot be reached%s"
                    .formatted(url, isUnknown ? ": its host name has no address" : "");
        }
        return "The recorder's answer to %s broke off".formatted(call);
    }

    /** Returns whether the answer to a TLS handshake was none, as of a server that speaks plain HTTP. */
    private static boolean isPlainAnswer(Throwable cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains(NOT_TLS);
    }

    /** Returns whether a header can carry a text as its value. */
    static boolean isHeaderValue(String text) {
        return HEADER_VALUE.matcher(text).matches();
    }

    private static Optional<String> session(HttpResponse<?> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .map(SESSION::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    /** Cancels running requests; later ones fail. */
    @Override
    public void close() {
        closed = true;
        underWay.forEach(response -> response.cancel(true));
    }

    /** Few threads, and none while nothing is requested. */
    private static Executor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_THREAD.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                LightNvrClient::thread);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "recorder-http");
        thread.setDaemon(true);
        return thread;
    }
}
