package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.control.ControlCommand;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.VisitRenderer;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.RecorderControls;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Wires the parts of intake for one recorder. */
public final class IntakeFactory {

    private final IntakeSettings settings;
    private final DetectionSource source;
    private final IntakeTimes times;
    private IntakeListener listener;
    private Predicate<StreamName> hasPictures = stream -> false;

    /** @param listener takes the news of intake, on its threads */
    public IntakeFactory(IntakeSettings settings, DetectionSource source, IntakeListener listener, IntakeTimes times) {
        this.settings = settings;
        this.source = source;
        this.listener = listener;
        this.times = times;
    }

    /**
     * Adds pictures, which are fetched on another scheduler's thread; before {@link #intake}.
     *
     * @param arePublished whether reports of visits tell where the pictures are published
     * @param clock the time by which events grow old
     */
    public void addSnapshots(SnapshotSource snapshots, Scheduler scheduler, boolean arePublished, Clock clock) {
        IntakeTimes pictureTimes = new IntakeTimes(scheduler, times.nanoTime(), times.random());
        PictureRequests requests =
                new PictureRequests(snapshots, "pictures", arePublished ? "home_assistant.images" : "web.history");
        Snapshots fetched = new Snapshots(
                requests, settings.visits().isPresent(), settings.freshFor(), listener, clock, pictureTimes);
        listener = new BothListeners(listener, fetched);
        hasPictures = arePublished ? fetched::given : hasPictures;
    }

    /**
     * Adds stills, which are fetched on another scheduler's thread; before {@link #intake}.
     *
     * @param every how often, for each stream
     */
    public void addStills(SnapshotSource snapshots, Scheduler scheduler, Duration every) {
        IntakeTimes stillTimes = new IntakeTimes(scheduler, times.nanoTime(), times.random());
        listener = new BothListeners(listener, new Stills(snapshots, every, listener, stillTimes));
    }

    /**
     * Adds controls, which work on another scheduler's thread; before {@link #intake}.
     *
     * @param trouble takes what went wrong, as sentences
     * @return takes the key of a stream and a command for it; for any thread, does not block
     */
    public BiConsumer<String, ControlCommand> addControls(
            RecorderControls controls, Scheduler scheduler, Consumer<String> trouble) {
        IntakeTimes controlTimes = new IntakeTimes(scheduler, times.nanoTime(), times.random());
        Controls added = new Controls(controls, listener, trouble, controlTimes);
        listener = new BothListeners(listener, added);
        return added::take;
    }

    /**
     * Makes the loop, which writes into a store.
     *
     * @param clock the time by which events grow old
     */
    public Intake intake(Store store, StatusBoard board, OpenFindings findings, Clock clock) {
        if (settings.visits().isEmpty()) {
            store.visits().keySet().forEach(store::forgetVisits);
        }
        Optional<Visits> visits = settings.visits().map(wanted -> visits(wanted, store, clock));
        listener.visitsOpen(visits.map(Visits::open).orElse(Set.of()));
        Consumer<String> trouble = sentence -> {
            board.error(sentence);
            listener.recorderTrouble(sentence);
        };
        OutboxWriter outbox = new OutboxWriter(
                settings.filter(), settings.renderer(), store, board, listener, visits, times.scheduler());
        return new Intake(
                source,
                new CameraNames(store, source, outbox::rename, listener),
                new StreamSelection(settings.filter()),
                outbox,
                listener,
                new RecorderWatch(settings.recorder().toString(), listener, trouble),
                findings,
                new RefusalReview(board),
                times);
    }

    private Visits visits(VisitSettings visits, Store store, Clock clock) {
        VisitRenderer.Links links = new VisitRenderer.Links() {

            @Override
            public Optional<String> picture(StreamName stream) {
                return Optional.of(visits.pictures().apply(stream)).filter(topic -> hasPictures.test(stream));
            }

            @Override
            public Optional<String> page(StreamName stream, long second) {
                return visits.pages().flatMap(url -> source.page(stream, second).map(page -> url + page));
            }
        };
        return new Visits(
                visits.rules(),
                new VisitRenderer(links),
                visits.cooldown(),
                new Clips(source, visits.pages(), clock),
                clock,
                store.visits());
    }

    /**
     * Begins to review the recorder, if it shows what there is to review.
     *
     * @param wall the machine's clock
     */
    public void review(OpenFindings findings, Clock wall) {
        source.recorderInfo()
                .ifPresent(info -> new RecorderReview(
                                info, settings.recorder(), settings.bridge(), findings, wall, listener)
                        .start(times.scheduler()));
    }
}
