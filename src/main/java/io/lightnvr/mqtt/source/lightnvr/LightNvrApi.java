package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.EventTime;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.NativePublisher;
import io.lightnvr.mqtt.source.RecorderControls;
import io.lightnvr.mqtt.source.Recording;
import io.lightnvr.mqtt.source.Refusal;
import io.lightnvr.mqtt.source.Refusal.Lost;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.lightnvr.RefusedCalls.Call;
import io.lightnvr.mqtt.source.lightnvr.RefusedCalls.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls LightNVR's HTTP API and reads the answers. Each call blocks for a bounded time and throws a {@link
 * SourceException} if the recorder does not answer, or not as LightNVR does. Thread-safe.
 *
 * <p>Health needs no login. Detections and pictures need one at LightNVR 0.39 and later; the other calls log in before
 * they ask. What was refused is not asked for again soon.
 */
final class LightNvrApi implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LightNvrApi.class);

    /** 256 streams with two schedules take 750 KB. */
    static final AnswerLimit STREAMS_LIMIT = AnswerLimit.bytes(2 << 20);

    /** Far more than 20 rows take; four such answers may be read at once. */
    private static final AnswerLimit DETECTIONS_LIMIT = AnswerLimit.bytes(256 << 10);

    /** Pictures of other streams wait for this answer. */
    private static final AnswerLimit PICTURE_LIMIT = new AnswerLimit(SnapshotSource.MAX_BYTES, Duration.ofSeconds(5));

    /** The end of a visit waits for this answer. */
    private static final AnswerLimit RECORDINGS_LIMIT = new AnswerLimit(1 << 20, Duration.ofSeconds(5));

    /** For each recording in an answer the recorder asks its database three more times. */
    private static final int MOST_RECORDINGS = 40;

    /** The longest recording in seconds; the usual one is 15 minutes long. */
    private static final long LONGEST_RECORDING = 7_200;

    private static final int MOST_NAMED = 3;

    private final LightNvrClient client;
    private final RecorderLogin login;
    private final RecorderAccess access;
    private final RefusedCalls refused;
    private final KnownPages pages = new KnownPages();
    private final LongSupplier nanoTime;

    /**
     * The answer to a call that needs a login: a value or a refusal.
     *
     * @param value what the recorder answered
     * @param refusal why it refused, a sentence without a full stop
     */
    record Guarded<T>(Optional<T> value, Optional<String> refusal) {

        static <T> Guarded<T> granted(T value) {
            return new Guarded<>(Optional.of(value), Optional.empty());
        }

        static <T> Guarded<T> refused(String why) {
            return new Guarded<>(Optional.empty(), Optional.of(why));
        }
    }

    /**
     * The user that the credentials belong to.
     *
     * @param role the user's role, such as {@code viewer}
     * @param isAdmin whether the user sees every stream
     */
    record User(String name, String role, boolean isAdmin) {}

    private interface Reader<T> {
        T read(RecorderAnswer answer) throws SourceException;
    }

    LightNvrApi(RecorderAccess access, LightNvrClient.Deadlines deadlines, LongSupplier nanoTime) {
        this.client = new LightNvrClient(access.url(), deadlines, nanoTime);
        this.login = new RecorderLogin(client, access, nanoTime);
        this.access = access;
        this.refused = new RefusedCalls(access.hasCredentials());
        this.nanoTime = nanoTime;
    }

    /** Returns the running streams and the recorder's clock. */
    HealthAnswer health() throws SourceException, InterruptedException {
        return HealthAnswer.read(client.get("/api/health", login.headers()));
    }

    /**
     * Returns the newest detections of a stream.
     *
     * @param end the last second to return, in epoch seconds
     */
    ResultsAnswer detections(PathSegment stream, long end) throws SourceException, InterruptedException {
        String path = "/api/detection/results/" + stream + "?end=" + end;
        RecorderAnswer answer = ask(Call.of(Purpose.DETECTIONS, stream), path, DETECTIONS_LIMIT);
        if (answer.isUnauthorized()) {
            throw SourceException.refusal(login.whyUnauthorized(true));
        }
        if (answer.isForbidden()) {
            throw SourceException.refusal(outOfScope(Set.of(stream.stream())));
        }
        return end == ScanRange.FAR ? pages.read(stream.stream(), answer) : ResultsAnswer.read(answer);
    }

    /** Takes a picture of a stream, a JPEG; returns nothing if the recorder has none. */
    Optional<byte[]> snapshot(PathSegment stream) throws SourceException, InterruptedException {
        String path = "/go2rtc/api/frame.jpeg?src=" + stream;
        RecorderAnswer answer = ask(Call.of(Purpose.PICTURE, stream), path, PICTURE_LIMIT);
        if (answer.isRefused()) {
            throw SourceException.refusal("it refuses them to this login");
        }
        return answer.isOk() && answer.isJpeg() ? Optional.of(answer.body()) : Optional.empty();
    }

    /** Lists the streams that the login may see. */
    Guarded<Map<StreamName, StreamsAnswer.Listed>> streams() throws SourceException, InterruptedException {
        return guarded(Purpose.STREAMS, "/api/streams", STREAMS_LIMIT, StreamsAnswer::read);
    }

    /**
     * Asks for a stream by its name.
     *
     * @return whether the recorder says that it has no such stream; it may also refuse to say
     */
    boolean isUnknown(PathSegment stream) throws SourceException, InterruptedException {
        return ask(Call.of(Purpose.STREAM, stream), "/api/streams/" + stream).isNotFound();
    }

    /**
     * Returns the zones of a stream.
     *
     * @return nothing if the answer for this stream is unreadable, or a refusal
     * @throws SourceException if the recorder does not answer
     */
    Optional<List<Zone>> zones(PathSegment stream) throws SourceException, InterruptedException {
        RecorderAnswer answer = ask(Call.of(Purpose.ZONES, stream), "/api/streams/" + stream + "/zones");
        if (answer.isRefused()) {
            return Optional.empty();
        }
        if (!answer.isOk() && !answer.isClientError()) {
            throw answer.badStatus();
        }
        try {
            return Optional.of(ZonesAnswer.read(answer));
        } catch (SourceException e) {
            LOG.debug("Skipping the zones of a stream: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Returns finished recordings of a stream, at most {@value #MOST_RECORDINGS}, the newest ones. The recorder chooses them by
     * their beginning.
     *
     * @param from the first second of interest, on the recorder's clock, in epoch seconds
     * @param until the last one
     * @return none if the recorder refuses
     */
    List<Recording> recordings(PathSegment stream, long from, long until) throws SourceException, InterruptedException {
        String path = "/api/recordings?stream=" + stream + "&start=" + EventTime.of(from - LONGEST_RECORDING) + "&end="
                + EventTime.of(until) + "&sort=start_time&order=desc&limit=" + MOST_RECORDINGS;
        RecorderAnswer answer = ask(Call.of(Purpose.RECORDINGS, stream), path, RECORDINGS_LIMIT);
        return answer.isRefused() ? List.of() : RecordingsAnswer.read(answer, stream.stream());
    }

    /** Returns the settings of the built-in publisher. */
    Guarded<NativePublisher> nativePublisher() throws SourceException, InterruptedException {
        return guarded(Purpose.SETTINGS, "/api/settings", LightNvrApi::nativePublisher);
    }

    /** Returns the user that the credentials belong to. */
    Guarded<User> user() throws SourceException, InterruptedException {
        return guarded(Purpose.USER, "/api/auth/verify", answer -> {
            JsonNode json = answer.object();
            String role = json.path("role").asText("");
            boolean seesAll = !json.path("auth_enabled").asBoolean(true);
            return new User(json.path("username").asText(""), role, seesAll || role.equalsIgnoreCase("admin"));
        });
    }

    /** Returns the recorder's version, which only an administrator may read. */
    Optional<String> version() throws SourceException, InterruptedException {
        RecorderAnswer answer = ask(Call.of(Purpose.VERSION), "/api/system/info");
        return answer.isOk()
                ? Optional.of(answer.object().path("version").asText("")).filter(version -> !version.isEmpty())
                : Optional.empty();
    }

    static NativePublisher nativePublisher(RecorderAnswer answer) throws SourceException {
        JsonNode json = answer.object();
        return new NativePublisher(
                json.path("mqtt_enabled").asBoolean(false),
                json.path("mqtt_broker_host").asText(""),
                json.path("mqtt_broker_port").asInt(0),
                json.path("mqtt_client_id").asText(""),
                json.path("mqtt_topic_prefix").asText(""),
                json.path("mqtt_ha_discovery").asBoolean(false));
    }

    private <T> Guarded<T> guarded(Purpose purpose, String path, Reader<T> reader)
            throws SourceException, InterruptedException {
        return guarded(purpose, path, AnswerLimit.USUAL, reader);
    }

    private <T> Guarded<T> guarded(Purpose purpose, String path, AnswerLimit limit, Reader<T> reader)
            throws SourceException, InterruptedException {
        RecorderAnswer answer = ask(Call.of(purpose), path, limit);
        return answer.isRefused() ? Guarded.refused(login.whyRefused(answer)) : Guarded.granted(reader.read(answer));
    }

    private RecorderAnswer ask(Call call, String path) throws SourceException, InterruptedException {
        return ask(call, path, AnswerLimit.USUAL);
    }

    /** Asks, or answers as the recorder did lately if it refused the same. */
    private RecorderAnswer ask(Call call, String path, AnswerLimit limit) throws SourceException, InterruptedException {
        long number = login.accepted();
        Optional<RecorderAnswer> recent = refused.recent(call, number, nanoTime.getAsLong());
        if (recent.isPresent()) {
            return recent.get();
        }
        RecorderAnswer answer = call.purpose().wasOpen() ? login.getIfOpen(path, limit) : login.get(path, limit);
        refused.note(call, answer, number, nanoTime.getAsLong());
        return answer;
    }

    /** Forgets other streams. */
    void keepOnly(Set<StreamName> streams) {
        refused.keepOnly(streams);
        pages.keepOnly(streams);
    }

    /** Returns whether the recorder shows the detections of some stream only to a login. */
    boolean detectionsWantLogin() {
        return refused.wantLogin(Purpose.DETECTIONS, login.accepted());
    }

    /** Returns what the recorder refuses; without credentials, only what the bridge needs. */
    List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>();
        boolean detections = detectionsWantLogin();
        if (detections || access.hasCredentials() && refused.wantLogin(login.accepted())) {
            Lost lost = detections ? Lost.DETECTIONS : Lost.LOGIN;
            refusals.add(new Refusal(lost, login.whyUnauthorized(detections)));
        }
        Set<StreamName> outOfScope = refused.forbidden(Purpose.DETECTIONS);
        if (!outOfScope.isEmpty()) {
            refusals.add(new Refusal(Lost.DETECTIONS, outOfScope(outOfScope)));
        }
        if (refused.isForbidden(Purpose.STREAMS)) {
            refusals.add(new Refusal(Lost.LOGIN, login.tooFewRights()));
        }
        if (!refused.forbidden(Purpose.ZONES).isEmpty()) {
            refusals.add(new Refusal(
                    Lost.ZONES,
                    login.subject() + " may not read zones: that needs the role User; zone names stay empty"));
        }
        return refusals;
    }

    private String outOfScope(Set<StreamName> streams) {
        String names =
                streams.stream().limit(MOST_NAMED).map(StreamName::toString).collect(Collectors.joining(", "));
        String others = streams.size() > MOST_NAMED ? " and " + (streams.size() - MOST_NAMED) + " others" : "";
        return login.subject() + " may not see the detections of " + names + others
                + ": add the camera to its scope in LightNVR, or exclude it in detections.ignore_streams";
    }

    /** Returns whether there are any credentials. */
    boolean hasCredentials() {
        return access.hasCredentials();
    }

    /** Returns what tells the recorder to do something, with the same login. */
    RecorderControls controls() {
        return new LightNvrControls(login, nanoTime);
    }

    /** Cancels running calls; later ones fail. */
    @Override
    public void close() {
        client.close();
    }
}
