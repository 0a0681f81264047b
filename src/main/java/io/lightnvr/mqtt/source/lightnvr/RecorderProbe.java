package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.NativePublisher;
import io.lightnvr.mqtt.source.Refusal;
import io.lightnvr.mqtt.source.SourceException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Examines a recorder for {@code check}. For one thread. */
public final class RecorderProbe implements AutoCloseable {

    private final LightNvrApi api;
    private final boolean hasCredentials;
    private final Clock clock;

    /**
     * The answer of a recorder that needs no login.
     *
     * @param running the names of the running streams
     * @param down those of them that show nothing
     * @param ahead how far its clock is ahead; while no stream runs, only to a quarter of an hour
     * @param latency how long the answer took
     */
    public record Health(
            Collection<StreamName> running, Collection<StreamName> down, Duration ahead, Duration latency) {}

    /** Whether the recorder accepts the credentials. */
    public sealed interface Authentication {

        /** There are none. */
        record NoCredentials() implements Authentication {}

        /**
         * It does.
         *
         * @param role the user's role, such as {@code viewer}
         */
        record Accepted(String user, String role) implements Authentication {}

        /**
         * It does not.
         *
         * @param why a sentence without a full stop
         */
        record Refused(String why) implements Authentication {}
    }

    /** A stream that the recorder lists. */
    public record ListedStream(StreamName name, boolean enabled) {}

    /** @param clock the bridge's clock, with which the recorder's is compared */
    public RecorderProbe(RecorderAccess access, Clock clock) {
        this.api = new LightNvrApi(access, LightNvrClient.Deadlines.usual(), System::nanoTime);
        this.hasCredentials = access.hasCredentials();
        this.clock = clock;
    }

    /**
     * Asks what needs no login.
     *
     * @throws SourceException if it does not answer as LightNVR does
     */
    public Health health() throws SourceException, InterruptedException {
        HealthAnswer health = api.health();
        RecorderClock theirs = new RecorderClock();
        theirs.health(health.clock(), health.lastFrame(), clock.instant());
        Collection<StreamName> running = health.up().keySet();
        return new Health(
                running,
                running.stream().filter(stream -> !health.isUp(stream)).toList(),
                theirs.aheadOf(clock.instant(), System.nanoTime()),
                Duration.ofNanos(health.clock().receivedNanos() - health.clock().sentNanos()));
    }

    /** Returns whether it accepts the login or API key. */
    public Authentication authentication() throws SourceException, InterruptedException {
        if (!hasCredentials) {
            return new Authentication.NoCredentials();
        }
        LightNvrApi.Guarded<LightNvrApi.User> user = api.user();
        return user.value()
                .<Authentication>map(known -> new Authentication.Accepted(known.name(), known.role()))
                .orElseGet(() -> new Authentication.Refused(user.refusal().orElse("")));
    }

    /** Returns its version, which only an administrator may read. */
    public Optional<String> version() throws SourceException, InterruptedException {
        return api.version();
    }

    /** Returns all streams, and asks for their zones, which may be refused; returns nothing without a login. */
    public Optional<List<ListedStream>> streams() throws SourceException, InterruptedException {
        Optional<Map<StreamName, StreamsAnswer.Listed>> answer = api.streams().value();
        for (StreamName stream : answer.map(Map::keySet).orElse(Set.of())) {
            Optional<PathSegment> segment = PathSegment.of(stream);
            if (segment.isPresent()) {
                api.zones(segment.get());
            }
        }
        return answer.map(listed -> listed.entrySet().stream()
                .map(stream ->
                        new ListedStream(stream.getKey(), stream.getValue().enabled()))
                .toList());
    }

    /** Returns what it refuses, as the calls so far have shown; call it last. */
    public List<Refusal> refusals() {
        return api.refusals();
    }

    /**
     * Returns how long ago a stream last detected something, on the recorder's clock; nothing if it never did, or if that
     * is {@linkplain #refusals refused}.
     */
    public Optional<Duration> lastDetection(StreamName stream, Health health)
            throws SourceException, InterruptedException {
        Optional<PathSegment> segment = PathSegment.of(stream);
        if (segment.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong newest = newest(segment.get());
        long now = clock.instant().plus(health.ahead()).getEpochSecond();
        return newest.isPresent() ? Optional.of(Duration.ofSeconds(now - newest.getAsLong())) : Optional.empty();
    }

    private OptionalLong newest(PathSegment stream) throws SourceException, InterruptedException {
        try {
            return api.detections(stream, ScanRange.FAR).page().rows().stream()
                    .mapToLong(Row::second)
                    .max();
        } catch (SourceException e) {
            if (!e.isRefusal()) {
                throw e;
            }
            return OptionalLong.empty();
        }
    }

    /** Returns the settings of its built-in publisher; nothing if the login may not read them. */
    public Optional<NativePublisher> nativePublisher() throws SourceException, InterruptedException {
        return api.nativePublisher().value();
    }

    @Override
    public void close() {
        api.close();
    }
}
