package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.LogLines;
import io.lightnvr.mqtt.status.News;
import io.lightnvr.mqtt.status.SeenEvent;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.status.StreamStatus;
import io.lightnvr.mqtt.status.VisitStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The page of a running bridge: what it sees, what is wrong, and what a person can make it do. Reads {@code status} and follows its
 * news; nothing that happens here holds up the bridge.
 */
public final class Page implements AutoCloseable {

    private static final int MOST_WRITES = 32;
    private static final int IDLE_SECONDS = 5;
    private static final int END_MILLIS = 500;

    private final LiveStatus live;
    private final VisitHistory history;
    private final StreamPictures pictures;
    private final StatusJson status;
    private final Broadcast broadcast;
    private final HealthNews health;
    private final ThreadPoolExecutor writer = writer();
    private final PageServer server;

    /**
     * What the page shows.
     *
     * @param live what the bridge sees now
     * @param board what it has counted
     * @param log its last lines
     * @param folder where the visits and their pictures are kept
     * @param historyBytes of all pictures together; 0 for none
     */
    public record Content(LiveStatus live, StatusBoard board, LogLines log, Path folder, long historyBytes) {}

    /**
     * Starts the page of a bridge that starts next.
     *
     * @param onError gets a fault after which the page cannot go on
     * @throws IOException if it cannot listen, with a sentence for people
     */
    public Page(PageSettings settings, Content content, PageBackend bridge, Consumer<Throwable> onError)
            throws IOException {
        Clock wall = Clock.systemUTC();
        live = content.live();
        broadcast = new Broadcast(() -> StatusJson.hello(bridge.about().started()));
        history = new VisitHistory(
                new HistoryFolder(content.folder(), System::nanoTime),
                content.historyBytes(),
                writer,
                System::nanoTime,
                this::tell);
        pictures = new StreamPictures(bridge::picture, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
        status = new StatusJson(live, content.board(), content.log(), bridge, history, wall);
        health = new HealthNews(broadcast, status::health, pictures::clear);
        BridgeRoutes routes = new BridgeRoutes(
                live,
                status,
                history,
                pictures,
                new Metrics(live, content.board(), bridge, wall),
                new BugReport(live, content.board(), content.log(), bridge, wall),
                health,
                bridge);
        server = PageServer.start(settings, routes, broadcast, onError);
        live.follow(this::take);
        content.log().follow(line -> broadcast.send("log", () -> StatusJson.line(line)));
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
            writeAtLast(history::rewrite);
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
    private void take(News news) {
        if (news instanceof News.Detected detected) {
            pictures.detected(detected.event().stream());
            broadcast.send("detection", () -> status.event(detected.event()));
        } else if (news instanceof News.Visited visited) {
            history.visited(visited.visit());
        } else if (news instanceof News.VisitsOpen open) {
            history.endAllBut(open.ids());
        } else if (news instanceof News.Pictured pictured) {
            pictures.forget(pictured.stream());
            history.pictured(pictured.stream(), pictured.jpeg(), shown(pictured.stream()));
        } else if (news instanceof News.StreamsChanged) {
            broadcast.send("streams", status::streams);
        } else if (news instanceof News.PartChanged changed) {
            broadcast.send("part", () -> status.part(changed.part()));
        } else if (news instanceof News.Renamed renamed) {
            history.renamed(renamed.old(), renamed.renamed());
        }
    }

    private void tell(KeptVisit visit) {
        broadcast.send("visit", () -> PageJson.bytes(json -> VisitJson.write(json, visit)));
    }

    /** What was last detected in a stream, which is what a picture of it shows. */
    private Optional<VisitStatus.Shown> shown(StreamName stream) {
        return live.stream(stream)
                .flatMap(StreamStatus::last)
                .map(SeenEvent::best)
                .map(best -> new VisitStatus.Shown(best.label(), best.confidence(), best.box()));
    }
}
