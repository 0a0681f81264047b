package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.delivery.DeliverySignal;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventTime;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches pictures of streams in which something was just detected, one after the other, at most one every 2 s of each: what
 * is detected in between is pictured at the end of that time. They never hold up an event: a picture comes when it comes.
 * Each stream is tried once when it is first there, and again
 * every 10 minutes until it gives one, so that it is known whether there are any. Thread-safe.
 */
public final class Snapshots {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final long APART_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long TRY_AGAIN_NANOS = Duration.ofMinutes(10).toNanos();

    private final Camera camera;
    private final Duration freshFor;
    private final Executor executor;
    private final Scheduler later;
    private final Consumer<DeliverySignal> signals;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Map<StreamName, Long> asked = new ConcurrentHashMap<>();
    private final Map<StreamName, Boolean> given = new ConcurrentHashMap<>();
    private final Set<StreamName> waiting = new HashSet<>();
    private boolean told;

    /** What gives pictures. */
    @FunctionalInterface
    public interface Camera {
        /** A JPEG of what a stream shows now; nothing where there is none. */
        Optional<byte[]> picture(StreamName stream) throws SourceException, InterruptedException;
    }

    /**
     * @param freshFor how late an event may be to be worth a picture of now
     * @param executor does one thing after the other
     */
    public Snapshots(
            Camera camera,
            Duration freshFor,
            Executor executor,
            Scheduler later,
            Consumer<DeliverySignal> signals,
            Clock clock,
            LongSupplier nanoTime) {
        this.camera = camera;
        this.freshFor = freshFor;
        this.executor = executor;
        this.later = later;
        this.signals = signals;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Looks at what intake has to say before anybody else does. */
    public void signal(DeliverySignal signal) {
        if (signal instanceof DeliverySignal.Detected detected) {
            detected.events().stream()
                    .filter(this::isFresh)
                    .map(DetectionEvent::stream)
                    .distinct()
                    .forEach(this::ask);
        } else if (signal instanceof DeliverySignal.StreamsListed listed) {
            tryNew(listed.list().streams());
        }
    }

    private boolean isFresh(DetectionEvent event) {
        return EventTime.delay(event.sendableSince(), clock.instant()).compareTo(freshFor) <= 0;
    }

    private void tryNew(List<StreamList.Stream> streams) {
        streams.stream()
                .filter(StreamList.Stream::online)
                .map(StreamList.Stream::name)
                .filter(stream -> !given.containsKey(stream))
                .filter(stream -> isSince(stream, TRY_AGAIN_NANOS))
                .forEach(this::ask);
    }

    private boolean isSince(StreamName stream, long nanos) {
        Long before = asked.get(stream);
        return before == null || nanoTime.getAsLong() - before >= nanos;
    }

    private synchronized void ask(StreamName stream) {
        if (isSince(stream, APART_NANOS)) {
            asked.put(stream, nanoTime.getAsLong());
            executor.execute(() -> fetch(stream));
        } else if (waiting.add(stream)) {
            long wait = asked.get(stream) + APART_NANOS - nanoTime.getAsLong();
            later.run(Duration.ofNanos(Math.max(0, wait)).plusMillis(1), () -> askWaiting(stream));
        }
    }

    private synchronized void askWaiting(StreamName stream) {
        waiting.remove(stream);
        ask(stream);
    }

    private void fetch(StreamName stream) {
        try {
            Optional<byte[]> jpeg = camera.picture(stream);
            if (jpeg.isPresent()) {
                given.put(stream, true);
                signals.accept(new DeliverySignal.Pictured(stream, jpeg.get()));
            } else {
                tell("it has none");
            }
        } catch (SourceException e) {
            tell(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tell(String why) {
        if (!told && given.isEmpty()) {
            told = true;
            LOG.warn(
                    "The recorder gives no pictures ({}): they need go2rtc there; home_assistant.images does nothing",
                    why);
        }
    }
}
