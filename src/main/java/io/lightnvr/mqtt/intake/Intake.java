package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.broker.Backoff;
import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Agreement;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.RecorderEvents;
import io.lightnvr.mqtt.source.Refusal;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.visit.Alerts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * Carries detections from the recorder to the outbox: the first of the two loops. Lists the streams as often as the source wants
 * and polls each of them at its own pace. A failure is tried again with back-off. While the recorder is silent only the list is
 * asked for; when the recorder comes back every stream is polled at once.
 */
public final class Intake implements StreamPolling.Recorder, HeardStreams.Polls {

    /** Longer than any question takes, of which a silent recorder answers none, and longer than any pause. */
    private static final Duration STALLED = Duration.ofMinutes(1);

    /** What is heard makes the recorder list its streams no more often. */
    private static final Duration LISTS_APART = Duration.ofSeconds(1);

    /** How long after the start it is open whether the recorder is heard. */
    private static final Duration UNDECIDED = Duration.ofSeconds(10);

    private final DetectionSource source;
    private final CameraNames cameras;
    private final StreamSelection selection;
    private final OutboxWriter outbox;
    private final IntakeListener listener;
    private final RecorderWatch watch;
    private final OpenFindings findings;
    private final RefusalReview refusals;
    private final IntakeTimes times;
    private final Map<StreamName, StreamPolling> pollings = new ConcurrentHashMap<>();
    private final RecorderWatch.Question listQuestion;
    private final Backoff listBackoff;
    private final RepeatingTask listing;
    private final RepeatingTask silence;
    private final HearingRecord heardOfAll = new HearingRecord();
    private volatile Optional<Ears> ears = Optional.empty();
    private final AtomicBoolean isListWanted = new AtomicBoolean();
    private volatile long listedAgainAt;
    private volatile long decideAt;
    private volatile long workedAt;

    /** What hears the recorder, and what becomes of it. */
    private record Ears(HeardStreams streams, Hearing hearing) {}

    Intake(
            DetectionSource source,
            CameraNames cameras,
            StreamSelection selection,
            OutboxWriter outbox,
            IntakeListener listener,
            RecorderWatch watch,
            OpenFindings findings,
            RefusalReview refusals,
            IntakeTimes times) {
        this.source = source;
        this.cameras = cameras;
        this.selection = selection;
        this.outbox = outbox;
        this.listener = listener;
        this.watch = watch;
        this.findings = findings;
        this.refusals = refusals;
        this.times = times;
        this.listQuestion = watch.question();
        this.listBackoff = times.backoff();
        this.listing = new RepeatingTask(times.scheduler(), this::list);
        this.silence = new RepeatingTask(times.scheduler(), this::lookForSilence);
        this.workedAt = times.now();
        this.listedAgainAt = workedAt - LISTS_APART.toNanos();
    }

    /** Begins to list and to poll. */
    public void start() {
        listing.wake();
    }

    /**
     * Begins to listen to what the recorder publishes, too.
     *
     * @param settings with a session
     * @param isOtherBroker whether it is not the one to which the bridge publishes
     * @param hearingTimes with a scheduler of one thread, which polls do not use
     */
    public void startHearing(
            Broker broker,
            BrokerSettings settings,
            boolean isOtherBroker,
            RecorderEvents events,
            IntakeTimes hearingTimes) {
        HeardStreams streams = new HeardStreams(events, cameras, selection, outbox, listener, findings, this);
        Hearing hearing = new Hearing(broker, settings, isOtherBroker, events, streams, hearingTimes);
        ears = Optional.of(new Ears(streams, hearing));
        decideAt = times.now() + UNDECIDED.toNanos();
        times.scheduler().run(UNDECIDED, this::reviewRefusals);
        hearing.start();
    }

    /**
     * The recorder has published on its own topic of a stream, in its old form. Does not block.
     *
     * @param slug the last level of that topic
     */
    public void ring(String slug) {
        pollings.forEach((stream, polling) -> {
            if (stream.slug().equals(slug)) {
                polling.ring();
            }
        });
    }

    /**
     * A user changes the alerts of a stream. Does not block.
     *
     * @param key of the stream
     */
    public void changeAlerts(String key, UnaryOperator<Alerts> command) {
        times.scheduler()
                .run(
                        Duration.ZERO,
                        () -> pollings.keySet().stream()
                                .filter(stream -> stream.key().equals(key))
                                .forEach(stream -> outbox.changeAlerts(stream, command)));
    }

    /** Closes the connection for hearing; what is not acknowledged waits at the broker. */
    public void stopHearing() {
        ears.ifPresent(these -> these.hearing().stop());
    }

    /** Whether intake works, whatever the recorder answers: something was asked, or deliberately not asked, in the last minute. */
    public boolean isWorking() {
        return times.now() - workedAt <= STALLED.toNanos();
    }

    private Duration list() throws InterruptedException {
        try {
            StreamList list = source.streams();
            listBackoff.reset();
            follow(list);
            answered(listQuestion);
            reviewRefusals();
            return list.goodFor();
        } catch (SourceException e) {
            failed(listQuestion, e);
            return listBackoff.next();
        }
    }

    /** Polls every stream at once when the recorder shows detections again that it had refused. */
    private void reviewRefusals() {
        if (refusals.review(unheard(source.refusals()))) {
            pollAll();
        }
    }

    private void follow(StreamList all) {
        StreamList list = cameras.follow(all);
        StreamSelection.Selection selected = selection.select(list);
        listener.streamsListed(selected);
        Map<StreamName, StreamPolling> gone = new HashMap<>(pollings);
        for (StreamList.Stream stream : selected.wanted().streams()) {
            if (gone.remove(stream.name()) == null) {
                StreamPolling polling = new StreamPolling(stream.name(), source, outbox, this, times);
                pollings.put(stream.name(), polling);
                outbox.tellAlerts(stream.name());
                polling.wake();
            }
        }
        ears.ifPresent(these -> these.streams().listed(list));
        gone.forEach((name, polling) -> {
            pollings.remove(name);
            polling.end();
        });
    }

    @Override
    public RecorderWatch.Question question() {
        return watch.question();
    }

    @Override
    public Optional<Duration> pause() {
        workedAt = times.now();
        return watch.pause(workedAt);
    }

    @Override
    public void answered(RecorderWatch.Question question) {
        workedAt = times.now();
        if (question.answered(workedAt)) {
            pollAll();
        }
    }

    @Override
    public void failed(RecorderWatch.Question question, SourceException failure) {
        workedAt = times.now();
        if (failure.isRefusal()) {
            question.refused();
            reviewRefusals();
            return;
        }
        if (question.failed(failure.getMessage(), workedAt) && question != listQuestion) {
            listing.wake();
        }
        silence.wake();
    }

    private Duration lookForSilence() {
        if (watch.beginsToDoubt(times.now())) {
            listing.wake();
        }
        return watch.lookForSilence(times.now());
    }

    @Override
    public int streams() {
        return pollings.size();
    }

    @Override
    public boolean isHearing() {
        return ears.filter(
                        these -> these.hearing().isHearing() && !these.streams().isAway())
                .isPresent();
    }

    @Override
    public Agreement takeAgreement(StreamName stream) {
        return ears.map(these -> these.streams().takeAgreement(stream)).orElse(Agreement.NOTHING);
    }

    @Override
    public HearingRecord heardOfAll() {
        return heardOfAll;
    }

    @Override
    public Optional<StreamPolling> of(StreamName stream) {
        return Optional.ofNullable(pollings.get(stream));
    }

    @Override
    public void pollAll() {
        pollings.values().forEach(StreamPolling::wake);
    }

    @Override
    public void listAgain() {
        long now = times.now();
        Duration wait = LISTS_APART.minusNanos(now - listedAgainAt);
        if (wait.isNegative() || wait.isZero()) {
            listedAgainAt = now;
            listing.wake();
        } else if (isListWanted.compareAndSet(false, true)) {
            times.scheduler().run(wait, () -> {
                isListWanted.set(false);
                listAgain();
            });
        }
    }

    /** Leaves out that detections want a login while they are, or may be, heard without one; a login that is refused stays. */
    private List<Refusal> unheard(List<Refusal> all) {
        boolean isUndecided = ears.isPresent() && times.now() - decideAt < 0;
        boolean isHeard = isUndecided
                || isHearing()
                        && ears.filter(these -> these.streams().isPublishing()).isPresent();
        return source.hasLogin() || !isHeard
                ? all
                : all.stream()
                        .filter(refusal -> refusal.lost() != Refusal.Lost.DETECTIONS)
                        .toList();
    }
}
