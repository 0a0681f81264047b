package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    private final LightNvrClient client;
    private final RecorderLogin login;
    private final StreamDirectory directory;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ServerClock serverClock = new ServerClock();
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
        this.client = new LightNvrClient(access.url(), deadlines, nanoTime);
        this.login = new RecorderLogin(client, access, nanoTime);
        this.directory = new StreamDirectory(login, nanoTime);
        this.windows = windows;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public StreamList streams() throws SourceException, InterruptedException {
        StreamList list = directory.list(readHealth());
        windows.follow(list);
        return list;
    }

    @Override
    public Optional<SnapshotSource> snapshots() {
        return Optional.of(this);
    }

    @Override
    public Optional<RecorderInfo> recorderInfo() {
        return Optional.of(this);
    }

    @Override
    public Duration clockAhead(Clock other) throws SourceException, InterruptedException {
        readHealth();
        long recorder = serverClock.now(clock.instant(), nanoTime.getAsLong()).recorder();
        return Duration.ofSeconds(recorder - other.instant().getEpochSecond());
    }

    @Override
    public Optional<NativePublisher> nativePublisher() throws SourceException, InterruptedException {
        return SettingsAnswer.nativePublisher(login);
    }

    @Override
    public Optional<byte[]> snapshot(StreamName stream) throws SourceException, InterruptedException {
        Optional<String> segment = PathSegment.of(stream);
        if (segment.isEmpty()) {
            return Optional.empty();
        }
        RecorderAnswer answer = client.get("/go2rtc/api/frame.jpeg?src=" + segment.get(), login.headers());
        return answer.isGood() && answer.isJpeg() && answer.body().length <= MOST_BYTES
                ? Optional.of(answer.body())
                : Optional.empty();
    }

    @Override
    public Poll poll(StreamName stream, boolean catchUp) throws SourceException, InterruptedException {
        Optional<String> segment = PathSegment.of(stream);
        if (segment.isEmpty()) {
            if (tooLong.add(stream)) {
                LOG.warn(
                        "The name of the stream {} is too long for the recorder's own interface (more than {} characters"
                                + " when encoded): its detections cannot be read",
                        stream,
                        PathSegment.MOST_CHARACTERS);
            }
            return Poll.nothing();
        }
        return poll(stream, "/api/detection/results/" + segment.get() + "?end=", catchUp);
    }

    /** The first page comes before the poll begins, since it tells whether the recorder's clock was set. */
    private Poll poll(StreamName stream, String path, boolean catchUp) throws SourceException, InterruptedException {
        Page first = page(path + ScanRange.FAR);
        DetectionWindow window = windows.of(stream);
        WindowPoll poll = window.begin(now());
        poll.page(first);
        while (poll.nextEnd().isPresent()) {
            if (poll.isCatchingUp() && !catchUp) {
                poll.leaveSlice();
                break;
            }
            try {
                poll.page(page(path + poll.nextEnd().getAsLong()));
            } catch (SourceException e) {
                if (!poll.isCatchingUp()) {
                    throw e;
                }
                poll.leaveSlice();
            }
        }
        PollResult findings = poll.findings();
        return new Poll(
                events(stream, findings),
                findings.more(),
                findings.unreadable(),
                findings.crowded().size(),
                findings.checkpoint(),
                () -> commit(stream, window, findings));
    }

    private void commit(StreamName stream, DetectionWindow window, PollResult findings) {
        boolean firstUnreadable = findings.unreadable() > 0 && !window.hasSeenUnreadable();
        if (!window.commit(findings)) {
            return;
        }
        for (long second : findings.crowded()) {
            LOG.warn(
                    "{} has 20 or more detections at {}: the recorder shows no more than 20 of one second, so some may be"
                            + " missing",
                    stream,
                    Instant.ofEpochSecond(second));
        }
        if (firstUnreadable) {
            LOG.warn("{} has detections that cannot be read: they are left out and counted", stream);
        }
    }

    private PollTime now() throws SourceException, InterruptedException {
        if (serverClock.needsHealth()) {
            try {
                readHealth();
            } catch (SourceException e) {
                if (!serverClock.isKnown()) {
                    throw e;
                }
                LOG.debug("The recorder's clock is in doubt: {}", e.getMessage());
            }
        }
        return serverClock.now(clock.instant(), nanoTime.getAsLong());
    }

    private Page page(String path) throws SourceException, InterruptedException {
        RecorderAnswer answer = client.get(path, login.headers());
        JsonNode json = answer.object();
        answer.clock(json).ifPresent(serverClock::observe);
        return ResultsAnswer.page(answer, json);
    }

    private HealthAnswer readHealth() throws SourceException, InterruptedException {
        RecorderAnswer answer = client.get("/api/health", login.headers());
        HealthAnswer health = HealthAnswer.read(answer);
        ServerClock.Reading reading = health.clock().orElseThrow(answer::unexpected);
        serverClock.health(reading, health.lastFrame(), clock.instant());
        return health;
    }

    /** Rows of one second are one event. */
    private List<DetectionEvent> events(StreamName stream, PollResult findings) {
        List<Zone> zones = directory.zones(stream);
        Map<Long, List<Detection>> bySecond = new TreeMap<>();
        for (NewRow found : findings.rows()) {
            RowContent sight = found.row().sight().orElseThrow();
            String zone = sight.zone().isEmpty()
                    ? Zone.nameFor(zones, sight.label(), sight.confidence(), sight.box())
                    : sight.zone();
            bySecond.computeIfAbsent(found.row().second(), second -> new ArrayList<>())
                    .add(new Detection(
                            sight.label(), sight.confidence(), sight.box(), sight.trackId(), zone, found.occurrence()));
        }
        return bySecond.entrySet().stream()
                .map(entry -> new DetectionEvent(
                        stream, entry.getKey(), entry.getValue(), findings.sendableSince(entry.getKey())))
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
