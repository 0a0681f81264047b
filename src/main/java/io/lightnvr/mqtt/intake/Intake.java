package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.bridge.Heartbeat;
import io.lightnvr.mqtt.broker.Backoff;
import io.lightnvr.mqtt.delivery.DeliverySignal;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.DetectionFilter;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first loop: from the recorder to the store. Lists the streams every 30 s and polls each at its own pace; a
 * failure is tried again with back-off, and when the recorder comes back every stream is polled at once. Where no poll
 * is answered the list is asked for, to see whether the recorder is there at all. The threads of
 * {@link Scheduler} share the work; one stream is polled by one of them at a time.
 */
public final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final String LISTING = "the list of streams";
    private static final Duration LIST_EVERY = Duration.ofSeconds(30);
    private static final Duration RETRY_FIRST = Duration.ofSeconds(1);
    private static final Duration RETRY_LONGEST = Duration.ofSeconds(15);

    /** More than any question takes, a recorder that does not answer included, and the longest pause. */
    private static final Duration STILL = Duration.ofMinutes(1);

    private final DetectionSource source;
    private final DetectionFilter filter;
    private final EventRenderer renderer;
    private final Store store;
    private final RecorderWatch watch;
    private final StatusBoard board;
    private final Consumer<DeliverySignal> signals;
    private final Scheduler later;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Map<StreamName, Polling> pollings = new ConcurrentHashMap<>();
    private final Backoff listBackoff;
    private final RepeatingTask listing;
    private volatile long worked;
    private boolean sharedSlugTold;

    public Intake(
            DetectionSource source,
            DetectionFilter filter,
            EventRenderer renderer,
            Store store,
            RecorderWatch watch,
            StatusBoard board,
            Consumer<DeliverySignal> signals,
            Scheduler later,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.source = source;
        this.filter = filter;
        this.renderer = renderer;
        this.store = store;
        this.watch = watch;
        this.board = board;
        this.signals = signals;
        this.later = later;
        this.nanoTime = nanoTime;
        this.random = random;
        this.listBackoff = new Backoff(RETRY_FIRST, RETRY_LONGEST, random);
        this.listing = new RepeatingTask(later, () -> worked(this::list));
        this.worked = nanoTime.getAsLong();
    }

    public void start() {
        listing.wake();
    }

    /**
     * Shows that both loops work: while this one does, whatever the recorder answers, delivery is asked again and again
     * to do something.
     */
    public void beat(Runnable answer) {
        RepeatingTask asking = new RepeatingTask(later, () -> {
            if (nanoTime.getAsLong() - worked <= STILL.toNanos()) {
                signals.accept(new DeliverySignal.Beat(answer));
            }
            return Heartbeat.EVERY;
        });
        asking.wake();
    }

    private Duration worked(RepeatingTask.Work work) throws InterruptedException {
        Duration wait = work.run();
        worked = nanoTime.getAsLong();
        return wait;
    }

    private Duration list() throws InterruptedException {
        try {
            StreamList list = source.streams();
            listBackoff.reset();
            follow(list);
            answered(LISTING);
            return LIST_EVERY;
        } catch (SourceException e) {
            watch.failed(LISTING, e.getMessage(), nanoTime.getAsLong());
            return listBackoff.next();
        }
    }

    private void follow(StreamList list) {
        List<StreamList.Stream> wanted = list.streams().stream()
                .filter(stream -> filter.wants(stream.name()))
                .toList();
        warnOfSharedSlugs(wanted);
        signals.accept(new DeliverySignal.StreamsListed(new StreamList(wanted, list.complete())));
        Map<StreamName, Polling> gone = new HashMap<>(pollings);
        for (StreamList.Stream stream : wanted) {
            if (gone.remove(stream.name()) == null) {
                Polling polling = new Polling(stream.name());
                pollings.put(stream.name(), polling);
                polling.recurring.wake();
            }
        }
        gone.forEach((name, polling) -> {
            pollings.remove(name);
            polling.recurring.end();
            watch.forget(name.raw());
        });
    }

    private void warnOfSharedSlugs(List<StreamList.Stream> streams) {
        Map<String, List<StreamName>> bySlug =
                streams.stream().map(StreamList.Stream::name).collect(Collectors.groupingBy(StreamName::slug));
        if (!sharedSlugTold && bySlug.size() < streams.size()) {
            sharedSlugTold = true;
            bySlug.values().stream()
                    .filter(names -> names.size() > 1)
                    .forEach(names -> LOG.warn(
                            "The streams {} share the topic .../detections/{}; the field \"stream\" tells them apart",
                            names,
                            names.get(0).slug()));
        }
    }

    private void answered(String question) {
        if (watch.answered(question, nanoTime.getAsLong())) {
            pollings.values().forEach(polling -> polling.recurring.wake());
        }
    }

    /** One stream's polling, at its own pace. */
    private final class Polling {

        private final StreamName stream;
        private final PollInterval pace = new PollInterval(nanoTime.getAsLong());
        private final Backoff backoff = new Backoff(RETRY_FIRST, RETRY_LONGEST, random);
        private final RepeatingTask recurring = new RepeatingTask(later, () -> worked(this::poll));

        Polling(StreamName stream) {
            this.stream = stream;
        }

        private Duration poll() throws InterruptedException {
            try {
                // What can be fetched later waits in the recorder while much waits for the broker.
                DetectionSource.Poll poll = source.poll(stream, store.hasRoom());
                List<DetectionEvent> found = take(stream, poll);
                backoff.reset();
                answered(stream.raw());
                if (!found.isEmpty()) {
                    pace.detected(nanoTime.getAsLong());
                }
                return poll.more() ? Duration.ZERO : pace.next(nanoTime.getAsLong(), pollings.size());
            } catch (SourceException e) {
                if (watch.failed(stream.raw(), e.getMessage(), nanoTime.getAsLong())) {
                    listing.wake();
                }
                return backoff.next();
            }
        }
    }

    /** The events are in the store before the source forgets them: what happens between is only found again. */
    private List<DetectionEvent> take(StreamName stream, DetectionSource.Poll poll) {
        List<DetectionEvent> events = poll.events().stream()
                .map(filter::apply)
                .flatMap(Optional::stream)
                .toList();
        store.add(stream, events.stream().map(renderer::render).toList(), poll.checkpoint());
        poll.taken();
        board.seen(events.size());
        board.missed(poll.missed() + poll.unreadable());
        if (!events.isEmpty()) {
            signals.accept(new DeliverySignal.Detected(events));
        }
        return events;
    }
}
