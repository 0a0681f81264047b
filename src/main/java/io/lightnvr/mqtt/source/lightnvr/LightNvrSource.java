package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A LightNVR recorder, asked over HTTP. What is new in each stream is up to its {@link DetectionWindow}; a stream that
 * is gone is forgotten, so that it begins anew when it comes back. Thread-safe, as far as the port says.
 */
public final class LightNvrSource implements DetectionSource {

    private static final Logger LOG = LoggerFactory.getLogger(LightNvrSource.class);

    private final LightNvrClient client;
    private final RecorderLogin login;
    private final StreamDirectory directory;
    private final Duration catchUpMaxAge;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ServerClock serverClock = new ServerClock();
    private final Set<StreamName> missing = new HashSet<>();
    private final Map<StreamName, DetectionWindow> windows = new ConcurrentHashMap<>();
    private final Said said = new Said();

    /**
     * @param catchUpMaxAge how far to go back for what was missed while the recorder was out of reach
     */
    public LightNvrSource(RecorderAccess access, Duration catchUpMaxAge, Clock clock) {
        this(access, LightNvrClient.Deadlines.usual(), catchUpMaxAge, clock, System::nanoTime);
    }

    LightNvrSource(
            RecorderAccess access,
            LightNvrClient.Deadlines deadlines,
            Duration catchUpMaxAge,
            Clock clock,
            LongSupplier nanoTime) {
        this.client = new LightNvrClient(access.url(), deadlines, nanoTime);
        this.login = new RecorderLogin(client, access, nanoTime);
        this.directory = new StreamDirectory(login, nanoTime);
        this.catchUpMaxAge = catchUpMaxAge;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public StreamList streams() throws SourceException, InterruptedException {
        StreamList list = directory.list(readHealth());
        if (list.complete()) {
            Set<StreamName> names = new HashSet<>();
            list.streams().forEach(stream -> names.add(stream.name()));
            // Once may be a recorder that is just starting.
            windows.keySet().removeIf(stream -> !names.contains(stream) && missing.contains(stream));
            missing.clear();
            windows.keySet().stream().filter(stream -> !names.contains(stream)).forEach(missing::add);
        }
        return list;
    }

    /** How the recorder's own publisher is set up; nothing where we may not know. */
    public Optional<NativePublisher> nativePublisher() throws SourceException, InterruptedException {
        Answer answer = login.get("/api/settings");
        return answer.isRefused() ? Optional.empty() : Optional.of(NativePublisher.read(answer));
    }

    @Override
    public Poll poll(StreamName stream) throws SourceException, InterruptedException {
        Optional<String> segment = PathSegment.of(stream);
        if (segment.isEmpty()) {
            if (said.first("name " + stream.raw())) {
                LOG.warn(
                        "The name of the stream {} is too long for the recorder's own interface (more than {} characters"
                                + " when encoded): its detections cannot be read",
                        stream,
                        PathSegment.MOST_CHARACTERS);
            }
            return new EmptyPoll();
        }
        return poll(stream, "/api/detection/results/" + segment.get() + "?end=");
    }

    /** The first page comes before the poll begins, since it tells whether the recorder's clock was set. */
    private Poll poll(StreamName stream, String path) throws SourceException, InterruptedException {
        Page first = page(path + LookRange.FAR);
        DetectionWindow window = windows.computeIfAbsent(stream, name -> new DetectionWindow(catchUpMaxAge));
        WindowPoll poll = window.begin(now());
        poll.page(first);
        while (poll.nextEnd().isPresent()) {
            try {
                poll.page(page(path + poll.nextEnd().getAsLong()));
            } catch (SourceException e) {
                if (!poll.isCatchingUp()) {
                    throw e;
                }
                poll.leaveSlice();
            }
        }
        Findings findings = poll.findings();
        return new WindowedPoll(stream, window, findings, events(stream, findings), said);
    }

    private Moment now() throws SourceException, InterruptedException {
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
        Answer answer = client.get(path, login.headers());
        JsonNode json = answer.object();
        answer.clock(json).ifPresent(serverClock::observe);
        return ResultsAnswer.page(answer, json);
    }

    private HealthAnswer readHealth() throws SourceException, InterruptedException {
        Answer answer = client.get("/api/health", login.headers());
        HealthAnswer health = HealthAnswer.read(answer);
        ServerClock.Reading reading = health.clock().orElseThrow(answer::unexpected);
        serverClock.health(reading, health.lastFrame(), clock.instant());
        return health;
    }

    /** Rows of one second are one event. */
    private List<DetectionEvent> events(StreamName stream, Findings findings) {
        List<Zone> zones = directory.zones(stream);
        Map<Long, List<Detection>> bySecond = new TreeMap<>();
        for (Found found : findings.rows()) {
            Sight sight = found.row().sight().orElseThrow();
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
