package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.NativePublisher;
import io.lightnvr.mqtt.source.RecorderInfo;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A LightNVR recorder, asked over HTTP. What is new in each stream is up to its {@link DetectionWindow}.
 * Thread-safe, as far as the port says.
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
     * @param checkpoints the last checkpoint of a stream that was kept; asked when a stream is first polled, and again
     *     when one comes back that was gone
     * @param beginning how to begin with a stream that has none
     * @param clock ours; only times since when something could have been sent and how long the bridge was away depend
     *     on it
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
        StreamList list = directory.list(readHealth());
        windows.follow(list);
        tooLong.retainAll(list.names());
        return list;
    }

    @Override
    public Optional<SnapshotSource> snapshots() {
        return Optional.of(this);
    }

    @Override
    public Optional<byte[]> snapshot(StreamName stream) throws SourceException, InterruptedException {
        Optional<PathSegment> segment = PathSegment.of(stream);
        return segment.isPresent() ? api.snapshot(segment.get()) : Optional.empty();
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
                    PathSegment.MOST_CHARACTERS);
        }
        return Poll.nothing();
    }

    /** The first page comes before the poll begins, since it tells whether the recorder's clock was set. */
    private Poll poll(StreamName stream, PathSegment segment, boolean catchUp)
            throws SourceException, InterruptedException {
        Page first = page(segment, ScanRange.FAR);
        DetectionWindow window = windows.of(stream);
        WindowPoll poll = window.begin(now());
        poll.page(first);
        while (poll.nextEnd().isPresent()) {
            if (poll.isCatchingUp() && !catchUp) {
                poll.leaveSlice();
                break;
            }
            try {
                poll.page(page(segment, poll.nextEnd().getAsLong()));
            } catch (SourceException e) {
                if (!poll.isCatchingUp()) {
                    throw e;
                }
                poll.leaveSlice();
            }
        }
        PollResult result = poll.result();
        return new Poll(
                result.events(stream, directory.zones(stream)),
                result.more(),
                result.unreadable(),
                result.crowded().size(),
                result.checkpoint(),
                () -> commit(stream, window, result));
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
}
