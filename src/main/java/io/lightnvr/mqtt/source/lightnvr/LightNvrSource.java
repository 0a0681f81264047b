package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Agreement;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.HeardDetections;
import io.lightnvr.mqtt.source.NativePublisher;
import io.lightnvr.mqtt.source.RecorderControls;
import io.lightnvr.mqtt.source.RecorderEvents;
import io.lightnvr.mqtt.source.RecorderInfo;
import io.lightnvr.mqtt.source.Recording;
import io.lightnvr.mqtt.source.Refusal;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a LightNVR recorder over HTTP; a {@link DetectionWindow} per stream decides what is new. Thread-safe, as the
 * port requires.
 */
public final class LightNvrSource implements DetectionSource, SnapshotSource, RecorderInfo {

    private static final Logger LOG = LoggerFactory.getLogger(LightNvrSource.class);

    private final LightNvrApi api;
    private final StreamDirectory directory;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final RecorderClock recorderClock = new RecorderClock();
    private final StreamWindows windows;
    private final Set<StreamName> tooLong = ConcurrentHashMap.newKeySet();

    /**
     * @param catchUpMaxAge how far to go back for what was missed, 0 to 30 days; 0 switches that off
     * @param checkpoints returns the stored checkpoint of a stream; called when a stream is first polled, and again
     *     when one that was gone comes back
     * @param beginning where to start reading a stream without a checkpoint
     * @param clock the bridge's clock; {@link io.lightnvr.mqtt.event.DetectionEvent#sendableSince} and the length of a
     *     pause depend on it, nothing else
     */
    public LightNvrSource(
            RecorderAccess access,
            Duration catchUpMaxAge,
            Function<StreamName, Optional<Checkpoint>> checkpoints,
            Beginning beginning,
            Clock clock) {
        this(
                access,
                LightNvrClient.Deadlines.usual(),
                new StreamWindows(catchUpMaxAge, checkpoints, beginning),
                clock,
                System::nanoTime);
    }

    LightNvrSource(
            RecorderAccess access,
            LightNvrClient.Deadlines deadlines,
            StreamWindows windows,
            Clock clock,
            LongSupplier nanoTime) {
        this.api = new LightNvrApi(access, deadlines, nanoTime);
        this.directory = new StreamDirectory(api, nanoTime);
        this.windows = windows;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public StreamList streams() throws SourceException, InterruptedException {
        StreamList list = list();
        tooLong.retainAll(list.names());
        api.keepOnly(list.names());
        return list;
    }

    private StreamList list() throws SourceException, InterruptedException {
        try {
            HealthAnswer health = readHealth();
            long second =
                    recorderClock.now(clock.instant(), nanoTime.getAsLong()).recorder();
            StreamList list = directory.list(health);
            windows.follow(list, second);
            return list;
        } catch (SourceException e) {
            directory.failed();
            throw e;
        }
    }

    @Override
    public void renamed(StreamName old, StreamName renamed) {
        windows.rename(old, renamed);
        directory.rename(old);
    }

    @Override
    public Optional<RecorderEvents> events(String topicPrefix) {
        return Optional.of(new EventReader(topicPrefix));
    }

    @Override
    public List<Refusal> refusals() {
        return api.refusals();
    }

    @Override
    public boolean hasLogin() {
        return api.hasCredentials();
    }

    @Override
    public Optional<SnapshotSource> snapshots() {
        return Optional.of(this);
    }

    @Override
    public Optional<byte[]> snapshot(StreamName stream) throws SourceException, InterruptedException {
        Optional<PathSegment> segment = PathSegment.of(stream);
        if (segment.isEmpty() || isPrivate(stream)) {
            return Optional.empty();
        }
        Optional<byte[]> picture = api.snapshot(segment.get());
        if (picture.isPresent()) {
            directory.refreshPrivacy();
        }
        return isPrivate(stream) ? Optional.empty() : picture;
    }

    @Override
    public boolean isPrivate(StreamName stream) {
        return directory.isPrivate(stream);
    }

    @Override
    public Optional<RecorderControls> controls() {
        return Optional.of(api.controls());
    }

    @Override
    public Optional<RecorderInfo> recorderInfo() {
        return Optional.of(this);
    }

    @Override
    public Duration clockAhead(Clock other) throws SourceException, InterruptedException {
        readHealth();
        return recorderClock.aheadOf(other.instant(), nanoTime.getAsLong());
    }

    @Override
    public Optional<NativePublisher> nativePublisher() throws SourceException, InterruptedException {
        return api.nativePublisher().value();
    }

    @Override
    public Poll poll(StreamName stream, boolean catchUp) throws SourceException, InterruptedException {
        Optional<PathSegment> segment = PathSegment.of(stream);
        if (segment.isPresent()) {
            return poll(stream, segment.get(), catchUp);
        }
        if (tooLong.add(stream)) {
            LOG.warn(
                    "The detections of {} cannot be read: its encoded name has more than the {} characters that LightNVR"
                            + " accepts",
                    stream,
                    PathSegment.MAX_CHARACTERS);
        }
        return Poll.nothing();
    }

    /** Reads the first page before the poll begins, since it shows whether the recorder's clock was set. */
    private Poll poll(StreamName stream, PathSegment segment, boolean catchUp)
            throws SourceException, InterruptedException {
        Page first = page(segment, ScanRange.FAR);
        DetectionWindow window = windows.of(stream);
        WindowPoll poll = window.begin(now());
        poll.page(first);
        while (poll.nextEnd().isPresent()) {
            if (poll.isCatchingUp()) {
                catchUp(poll, segment, catchUp);
            } else {
                poll.page(page(segment, poll.nextEnd().getAsLong()));
            }
        }
        return poll(stream, window, poll.result());
    }

    /** Reads on in a slice, or leaves it to the next poll: what is new at present is not held up. */
    private void catchUp(WindowPoll poll, PathSegment segment, boolean wanted) throws InterruptedException {
        if (!wanted) {
            poll.leaveSlice();
            return;
        }
        try {
            poll.page(page(segment, poll.nextEnd().getAsLong()));
        } catch (SourceException e) {
            LOG.debug("Cannot catch up now: {}", e.getMessage());
            poll.leaveSlice();
        }
    }

    private Poll poll(StreamName stream, DetectionWindow window, PollResult result) {
        return new Poll(
                result.events(stream, directory.zones(stream)),
                result.more(),
                result.unreadable(),
                result.crowded().size(),
                result.checkpoint(),
                Optional.of(() -> poll(stream, window, window.settle(result))),
                () -> commit(stream, window, result));
    }

    private Poll hear(StreamName stream, List<HeardFrame> frames) {
        DetectionWindow window = windows.of(stream);
        HeardResult result = window.hear(frames, timeOfHearing());
        directory.heard(stream);
        return new Poll(
                result.events(stream, directory.zones(stream)),
                result.isClockInDoubt(),
                result.unreadable(),
                0,
                Optional.of(window.checkpoint(result)),
                () -> window.commit(result));
    }

    /** Asks nobody: while the recorder's clock is not known, the bridge's has to do. */
    private PollTime timeOfHearing() {
        Instant now = clock.instant();
        long nanos = nanoTime.getAsLong();
        return recorderClock.isKnown()
                ? recorderClock.now(now, nanos)
                : new PollTime(now.getEpochSecond(), false, now, nanos);
    }

    private Page page(PathSegment segment, long end) throws SourceException, InterruptedException {
        ResultsAnswer answer = api.detections(segment, end);
        answer.clock().ifPresent(recorderClock::observe);
        return answer.page();
    }

    private PollTime now() throws SourceException, InterruptedException {
        if (recorderClock.needsHealth()) {
            try {
                readHealth();
            } catch (SourceException e) {
                if (!recorderClock.isKnown()) {
                    throw e;
                }
                LOG.debug("Cannot confirm the recorder's clock: {}", e.getMessage());
            }
        }
        return recorderClock.now(clock.instant(), nanoTime.getAsLong());
    }

    private HealthAnswer readHealth() throws SourceException, InterruptedException {
        HealthAnswer health = api.health();
        recorderClock.health(health.clock(), health.lastFrame(), clock.instant());
        return health;
    }

    @Override
    public Optional<String> page(StreamName stream, long second) {
        return recorderClock.local(second).map(time -> RecorderPage.of(stream, time));
    }

    @Override
    public List<Recording> recordings(StreamName stream, long from, long until)
            throws SourceException, InterruptedException {
        Optional<PathSegment> segment = PathSegment.of(stream);
        return segment.isPresent() ? api.recordings(segment.get(), from, until) : List.of();
    }

    private static void commit(StreamName stream, DetectionWindow window, PollResult result) {
        boolean firstUnreadable = result.unreadable() > 0 && !window.hasSeenUnreadable();
        if (!window.commit(result)) {
            return;
        }
        for (long second : result.crowded()) {
            LOG.warn(
                    "{} has 20 or more detections at {}: LightNVR returns at most 20 of one second, so some may be missing",
                    stream,
                    Instant.ofEpochSecond(second));
        }
        if (firstUnreadable) {
            LOG.warn("{} has unreadable detections: they are skipped and counted as missed", stream);
        }
    }

    @Override
    public void close() {
        api.close();
    }

    /** Reads the events, and finds what is new in them beside what was read. */
    private final class EventReader implements RecorderEvents {

        private final String start;
        private final String presence;

        EventReader(String prefix) {
            this.start = prefix + "/v1/events/";
            this.presence = prefix + "/v1/status/";
        }

        @Override
        public String presenceFilter() {
            return presence + "+";
        }

        @Override
        public String topicFilter() {
            return start + "#";
        }

        /** A session may go on bringing what was subscribed to under an earlier prefix. */
        @Override
        public Heard read(String topic, byte[] payload) throws SourceException {
            if (topic.startsWith(presence)) {
                return EventMessage.presence(payload);
            }
            return topic.startsWith(start) ? EventMessage.read(payload) : new Heard.Other();
        }

        @Override
        public Poll hear(StreamName stream, List<HeardDetections> detections) {
            return LightNvrSource.this.hear(
                    stream, detections.stream().map(HeardFrame.class::cast).toList());
        }

        @Override
        public Agreement takeAgreement(StreamName stream) {
            return windows.of(stream).takeAgreement(nanoTime.getAsLong());
        }
    }
}
