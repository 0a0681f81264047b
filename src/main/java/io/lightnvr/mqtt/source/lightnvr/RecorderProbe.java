package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.NativePublisher;
import io.lightnvr.mqtt.source.SourceException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One look at a recorder, for people who ask why it does not work. For one thread. */
public final class RecorderProbe implements AutoCloseable {

    private final LightNvrClient client;
    private final RecorderLogin login;
    private final RecorderAccess access;
    private final Clock clock;

    /**
     * What it tells anyone.
     *
     * @param running the streams that run, by name
     * @param down how many of them show nothing
     * @param ahead how far its clock is ahead of ours; only to a quarter of an hour where no stream runs
     * @param taken how long the answer took
     */
    public record Health(Collection<StreamName> running, long down, Duration ahead, Duration taken) {}

    /** Whether it believes who we are. */
    public sealed interface Belief {

        /** Nobody said who we are. */
        record Unasked() implements Belief {}

        /** @param role of the user, such as {@code viewer} */
        record Accepted(String user, String role) implements Belief {}

        /** @param why a sentence without its stop */
        record Refused(String why) implements Belief {}
    }

    /** A stream and whether it is enabled. */
    public record Known(StreamName name, boolean enabled) {}

    public RecorderProbe(RecorderAccess access, Clock clock) {
        this.access = access;
        this.clock = clock;
        this.client = new LightNvrClient(access.url(), LightNvrClient.Deadlines.usual(), System::nanoTime);
        this.login = new RecorderLogin(client, access, System::nanoTime);
    }

    /**
     * @throws SourceException where it does not answer as a LightNVR does
     */
    public Health health() throws SourceException, InterruptedException {
        RecorderAnswer answer = client.get("/api/health", login.headers());
        HealthAnswer health = HealthAnswer.read(answer);
        ServerClock theirs = new ServerClock();
        theirs.health(health.clock().orElseThrow(answer::unexpected), health.lastFrame(), clock.instant());
        long ahead = theirs.now(clock.instant(), System.nanoTime()).recorder()
                - clock.instant().getEpochSecond();
        long down = health.up().values().stream().filter(up -> !up).count();
        return new Health(
                health.up().keySet(),
                down,
                Duration.ofSeconds(ahead),
                Duration.ofNanos(answer.receivedNanos() - answer.sentNanos()));
    }

    /** Whether it believes the login or API key. */
    public Belief belief() throws SourceException, InterruptedException {
        if (!access.hasCredentials()) {
            return new Belief.Unasked();
        }
        RecorderAnswer answer = login.get("/api/auth/verify");
        if (answer.isRefused()) {
            return new Belief.Refused(login.why(answer));
        }
        JsonNode json = answer.object();
        return new Belief.Accepted(
                json.path("username").asText(""), json.path("role").asText(""));
    }

    /** Its version, which it tells an administrator. */
    public Optional<String> version() throws SourceException, InterruptedException {
        RecorderAnswer answer = login.get("/api/system/info");
        return answer.isGood()
                ? Optional.of(answer.object().path("version").asText("")).filter(version -> !version.isEmpty())
                : Optional.empty();
    }

    /** All streams, which it tells a login. */
    public Optional<List<Known>> streams() throws SourceException, InterruptedException {
        RecorderAnswer answer = login.get("/api/streams");
        if (answer.isRefused()) {
            return Optional.empty();
        }
        Map<StreamName, Boolean> enabled = StreamsAnswer.enabled(answer);
        return Optional.of(enabled.entrySet().stream()
                .map(stream -> new Known(stream.getKey(), stream.getValue()))
                .toList());
    }

    /** How long ago a stream last detected something, on the recorder's clock; nothing where it never did. */
    public Optional<Duration> lastDetection(StreamName stream, Health health)
            throws SourceException, InterruptedException {
        Optional<String> segment = PathSegment.of(stream);
        if (segment.isEmpty()) {
            return Optional.empty();
        }
        RecorderAnswer answer =
                client.get("/api/detection/results/" + segment.get() + "?end=" + ScanRange.FAR, login.headers());
        OptionalLong newest = ResultsAnswer.page(answer, answer.object()).rows().stream()
                .mapToLong(Row::second)
                .max();
        long now = clock.instant().plus(health.ahead()).getEpochSecond();
        return newest.isPresent() ? Optional.of(Duration.ofSeconds(now - newest.getAsLong())) : Optional.empty();
    }

    /** How its own publisher is set up; nothing where we may not know. */
    public Optional<NativePublisher> nativePublisher() throws SourceException, InterruptedException {
        return SettingsAnswer.nativePublisher(login);
    }

    @Override
    public void close() {
        client.close();
    }
}
