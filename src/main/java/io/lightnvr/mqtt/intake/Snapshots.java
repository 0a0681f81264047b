package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventTime;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fetches a picture of each stream in which something was just detected: for each event or, where there are visits, for the best
 * detection of each visit. One picture is fetched at a time, that of the newest detection first, and at most one in 2 s of each
 * stream; a wish that has waited too long is dropped, since the picture would show an empty yard. Each stream is tried once when
 * it is first there, and again every 10 minutes until it gives a picture, so that it is known whether there are any. No event
 * waits for a picture. Thread-safe.
 */
final class Snapshots implements IntakeListener {

    private static final long APART_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long TRY_AGAIN_NANOS = Duration.ofMinutes(10).toNanos();
    private static final Duration IDLE = Duration.ofHours(1);

    private final PictureRequests requests;
    private final boolean ofVisits;
    private final Duration freshFor;
    private final IntakeListener listener;
    private final Clock clock;
    private final IntakeTimes times;
    private final RepeatingTask fetching;
    private final Map<StreamName, Long> wanted = new LinkedHashMap<>();
    private final Map<StreamName, Long> fetchedAt = new HashMap<>();
    private Optional<StreamName> underWay = Optional.empty();

    /**
     * @param ofVisits whether there are visits
     * @param freshFor how late an event may be to be worth a picture of now
     * @param listener takes the pictures
     * @param clock the time by which events grow old
     * @param times whose scheduler has a thread that pictures may hold up
     */
    Snapshots(
            PictureRequests requests,
            boolean ofVisits,
            Duration freshFor,
            IntakeListener listener,
            Clock clock,
            IntakeTimes times) {
        this.requests = requests;
        this.ofVisits = ofVisits;
        this.freshFor = freshFor;
        this.listener = listener;
        this.clock = clock;
        this.times = times;
        this.fetching = new RepeatingTask(times.scheduler(), this::fetchNext);
    }

    /** Whether a stream gave a picture when it was last asked for one. */
    boolean given(StreamName stream) {
        return requests.given(stream);
    }

    @Override
    public void detected(List<DetectionEvent> events) {
        if (!ofVisits) {
            want(events.stream()
                    .filter(this::isFresh)
                    .map(DetectionEvent::stream)
                    .toList());
        }
    }

    private boolean isFresh(DetectionEvent event) {
        return EventTime.delay(event.sendableSince(), clock.instant()).compareTo(freshFor) <= 0;
    }

    @Override
    public void bestChanged(StreamName stream) {
        if (isReady(stream)) {
            listener.pictureExpected(stream);
        }
        want(List.of(stream));
    }

    /** Whether a picture is likely to be there at once: one that is under way shows what was before. */
    private synchronized boolean isReady(StreamName stream) {
        return given(stream)
                && !underWay.equals(Optional.of(stream))
                && pause(stream).isZero();
    }

    @Override
    public void streamsListed(StreamSelection.Selection streams) {
        List<StreamList.Stream> all = streams.wanted().streams();
        want(withoutPictures(all.stream()
                .filter(StreamList.Stream::online)
                .map(StreamList.Stream::name)
                .toList()));
        keepOnly(all.stream().map(StreamList.Stream::name).collect(Collectors.toSet()));
    }

    private synchronized List<StreamName> withoutPictures(List<StreamName> streams) {
        return streams.stream()
                .filter(stream -> !given(stream) && isSince(stream, TRY_AGAIN_NANOS))
                .toList();
    }

    @Override
    public synchronized void renamed(StreamName old, StreamName renamed) {
        requests.rename(old, renamed);
        Optional.ofNullable(fetchedAt.remove(old)).ifPresent(at -> fetchedAt.put(renamed, at));
        Optional.ofNullable(wanted.remove(old)).ifPresent(since -> wanted.put(renamed, since));
    }

    private synchronized void keepOnly(Set<StreamName> streams) {
        wanted.keySet().retainAll(streams);
        fetchedAt.keySet().retainAll(streams);
        requests.keepOnly(streams);
    }

    private boolean isSince(StreamName stream, long nanos) {
        Long before = fetchedAt.get(stream);
        return before == null || times.now() - before >= nanos;
    }

    private void want(List<StreamName> streams) {
        if (!streams.isEmpty()) {
            synchronized (this) {
                streams.forEach(wanted::remove);
                streams.forEach(stream -> wanted.put(stream, times.now()));
            }
            fetching.wake();
        }
    }

    private Duration fetchNext() throws InterruptedException {
        Next next = next();
        if (next.stream().isEmpty()) {
            return next.pause();
        }
        StreamName stream = next.stream().get();
        requests.ask(stream).jpeg().ifPresent(jpeg -> listener.pictured(stream, jpeg));
        synchronized (this) {
            underWay = Optional.empty();
            fetchedAt.put(stream, times.now());
        }
        return Duration.ZERO;
    }

    /** The stream that is to be fetched now, or how long to wait for one. */
    private record Next(Optional<StreamName> stream, Duration pause) {}

    /** The newest wish whose stream may be asked again. */
    private synchronized Next next() {
        wanted.values().removeIf(since -> times.now() - since > Math.max(APART_NANOS, freshFor.toNanos()));
        Optional<StreamName> newest = Optional.empty();
        Duration wait = IDLE;
        for (StreamName stream : wanted.keySet()) {
            Duration pause = pause(stream);
            if (pause.isZero()) {
                newest = Optional.of(stream);
            } else if (pause.compareTo(wait) < 0) {
                wait = pause;
            }
        }
        newest.ifPresent(wanted::remove);
        underWay = newest;
        return new Next(newest, wait);
    }

    /** How long until a stream may be asked again. */
    private Duration pause(StreamName stream) {
        Long before = fetchedAt.get(stream);
        return before == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, before + APART_NANOS - times.now()));
    }
}
