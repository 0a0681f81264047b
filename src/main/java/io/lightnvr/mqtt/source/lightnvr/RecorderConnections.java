package io.lightnvr.mqtt.source.lightnvr;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Keeps connections to the recorder between requests: as many as were in use at once, each for a minute. The last one that became
 * free is the next one to be used. Thread-safe; deadlines are by {@link System#nanoTime}.
 */
final class RecorderConnections implements AutoCloseable {

    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

    private final URI url;
    private final Duration connectTime;
    private final HostLookup hosts;
    private final Deque<Kept> free = new ArrayDeque<>();
    private final Set<RecorderConnection> used = new HashSet<>();
    private boolean isClosed;

    private record Kept(RecorderConnection connection, long since) {}

    /** @param connectTime the most for a connection to an address */
    RecorderConnections(URI url, HostLookup hosts, Duration connectTime) {
        this.url = url;
        this.connectTime = connectTime;
        this.hosts = hosts;
    }

    /**
     * Sends a request that may be sent twice: again, on a new connection, if a kept one has ended meanwhile.
     *
     * @param maxBytes the size of the largest body
     * @throws CancellationException if this is closed
     * @throws IOException if there is no answer before the deadline or within the size
     */
    HttpAnswer repeatable(byte[] request, int maxBytes, long deadline) throws IOException, InterruptedException {
        Optional<RecorderConnection> kept = takeKept();
        if (kept.isPresent()) {
            try {
                return ask(kept.get(), request, maxBytes, deadline);
            } catch (RecorderConnection.NoAnswerException e) {
                dropKept();
            }
        }
        return once(request, maxBytes, deadline);
    }

    /** Sends a request once, on a new connection. */
    HttpAnswer once(byte[] request, int maxBytes, long deadline) throws IOException, InterruptedException {
        RecorderConnection connection = new RecorderConnection(url);
        use(connection);
        try {
            connection.open(hosts, connectTime, deadline);
        } catch (IOException | InterruptedException | RuntimeException e) {
            release(connection, false);
            throw e;
        }
        try {
            return ask(connection, request, maxBytes, deadline);
        } catch (RecorderConnection.NoAnswerException e) {
            throw e.reason();
        }
    }

    private HttpAnswer ask(RecorderConnection connection, byte[] request, int maxBytes, long deadline)
            throws IOException {
        boolean isReusable = false;
        try {
            HttpAnswer answer = connection.ask(request, maxBytes, deadline);
            isReusable = !answer.isLast();
            return answer;
        } finally {
            release(connection, isReusable);
        }
    }

    private synchronized void use(RecorderConnection connection) {
        if (isClosed) {
            throw new CancellationException("The connections are closed");
        }
        used.add(connection);
    }

    private synchronized void release(RecorderConnection connection, boolean isReusable) {
        used.remove(connection);
        if (isReusable && !isClosed) {
            free.push(new Kept(connection, System.nanoTime()));
        } else {
            connection.close();
        }
        while (!free.isEmpty() && System.nanoTime() - free.peekLast().since() > KEPT_NANOS) {
            free.removeLast().connection().close();
        }
    }

    private synchronized Optional<RecorderConnection> takeKept() {
        while (!free.isEmpty()) {
            Kept kept = free.pop();
            if (System.nanoTime() - kept.since() <= KEPT_NANOS
                    && kept.connection().isClean()) {
                use(kept.connection());
                return Optional.of(kept.connection());
            }
            kept.connection().close();
        }
        return Optional.empty();
    }

    /** What ended one connection, such as a restart of the recorder, has probably ended the others. */
    private synchronized void dropKept() {
        free.forEach(kept -> kept.connection().close());
        free.clear();
    }

    /** Ends what is under way; later requests fail. */
    @Override
    public synchronized void close() {
        isClosed = true;
        List<RecorderConnection> all = new ArrayList<>(used);
        all.forEach(RecorderConnection::close);
        dropKept();
    }
}
