package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.LogLines;
import io.lightnvr.mqtt.status.News;
import io.lightnvr.mqtt.status.StatusBoard;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The page of a running bridge: what it sees, what is wrong, and what a person can make it do. Reads {@code status} and follows its
 * news; nothing that happens here holds up the bridge.
 */
public final class Page implements AutoCloseable {

    private static final int MOST_WRITES = 32;
    private static final int IDLE_SECONDS = 5;
    private static final int END_MILLIS = 500;

    private final List<Watched> recorders;
    private final StatusJson status;
    private final Broadcast broadcast;
    private final HealthNews health;
    private final ThreadPoolExecutor writer = writer();
    private final PageServer server;

    /**
     * What the page shows.
     *
     * @param recorders at least one
     * @param log the last lines of all
     * @param historyBytes of all pictures together; 0 for none
     */
    public record Content(List<Recorder> recorders, LogLines log, long historyBytes) {

        public Content {
            recorders = List.copyOf(recorders);
        }
    }

    /**
     * A recorder with its bridge.
     *
     * @param name where there are several
     * @param live what the bridge sees now
     * @param board what it has counted
     * @param folder where its visits and their pictures are kept
     */
    public record Recorder(
            Optional<String> name, LiveStatus live, StatusBoard board, Path folder, PageBackend bridge) {}

    /**
     * Starts the page of bridges that start next.
     *
     * @param onError gets a fault after which the page cannot go on
     * @throws IOException if it cannot listen, with a sentence for people
     */
    public Page(PageSettings settings, Content content, PageHost host, Consumer<Throwable> onError) throws IOException {
        Clock wall = Clock.systemUTC();
        PageBackend first = content.recorders().get(0).bridge();
        broadcast = new Broadcast(() -> StatusJson.hello(first.about().started()));
        long historyBytes = content.historyBytes() / content.recorders().size();
        recorders = content.recorders().stream()
                .map(recorder -> watched(recorder, historyBytes))
                .toList();
        status = new StatusJson(recorders, content.log(), host, wall);
        health = new HealthNews(
                broadcast,
                status::health,
                () -> recorders.forEach(recorder -> recorder.pictures().clear()));
        BridgeRoutes routes = new BridgeRoutes(
                recorders,
                status,
                new Metrics(recorders, wall),
                new BugReport(recorders, content.log(), host, wall),
                health,
                host);
        server = PageServer.start(settings, routes, broadcast, onError);
        recorders.forEach(recorder -> recorder.live().follow(news -> take(recorder, news)));
        content.log().follow(line -> broadcast.send("log", () -> StatusJson.line(line)));
    }

    private Watched watched(Recorder recorder, long historyBytes) {
        AtomicReference<Watched> itself = new AtomicReference<>();
        VisitHistory history = new VisitHistory(
                new HistoryFolder(recorder.folder(), System::nanoTime),
                historyBytes,
                writer,
                System::nanoTime,
                visit -> tell(itself, visit));
        StreamPictures pictures =
                new StreamPictures(recorder.bridge()::picture, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
        Watched watched =
                new Watched(recorder.name(), recorder.live(), recorder.board(), recorder.bridge(), history, pictures);
        itself.set(watched);
        return watched;
    }

    private static ThreadPoolExecutor writer() {
        ThreadPoolExecutor writer = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WRITES), work -> {
                    Thread thread = new Thread(work, "page-history");
                    thread.setDaemon(true);
                    return thread;
                });
        writer.allowCoreThreadTimeOut(true);
        return writer;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Says farewell to those who look on, and writes what is to be kept; within two seconds. */
    @Override
    public void close() {
        health.close();
        server.close();
        try {
            for (Watched recorder : recorders) {
                writeAtLast(recorder.history()::rewrite);
            }
            writer.shutdown();
            writer.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.shutdownNow();
    }

    private void writeAtLast(Runnable work) throws InterruptedException {
        try {
            writer.execute(work);
        } catch (RejectedExecutionException e) {
            writer.getQueue().offer(work, END_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** On the thread of a loop, which this does not hold up. */
    private void take(Watched recorder, News news) {
        if (news instanceof News.Detected detected) {
            recorder.pictures().detected(detected.event().stream());
            broadcast.send("detection", () -> status.event(recorder, detected.event()));
        } else if (news instanceof News.Visited visited) {
            recorder.history().visited(visited.visit());
        } else if (news instanceof News.VisitsOpen open) {
            recorder.history().endAllBut(open.ids());
        } else if (news instanceof News.Pictured pictured) {
            recorder.pictures().forget(pictured.stream());
            recorder.history().pictured(pictured.stream(), pictured.jpeg(), recorder.shown(pictured.stream()));
        } else if (news instanceof News.StreamsChanged) {
            broadcast.send("streams", status::streams);
        } else if (news instanceof News.PartChanged changed) {
            broadcast.send("part", () -> status.part(recorder, changed.part()));
        } else if (news instanceof News.Renamed renamed) {
            recorder.history().renamed(renamed.old(), renamed.renamed());
        }
    }

    /** Nobody follows before the recorder is complete. */
    private void tell(AtomicReference<Watched> recorder, KeptVisit visit) {
        broadcast.send("visit", () -> StatusJson.visit(recorder.get(), visit));
    }
}
