package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.NativePublisher;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.source.SourceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls LightNVR's HTTP API and reads the answers. Each call blocks for a bounded time and throws a {@link
 * SourceException} if the recorder does not answer, or not as LightNVR does. Thread-safe.
 *
 * <p>Health, detections and snapshots need no login, but are sent the credentials all the same. The other calls log in
 * if necessary.
 */
final class LightNvrApi implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LightNvrApi.class);

    /** Far more than 20 rows take; four such answers may be read at once. */
    private static final int DETECTIONS_BYTES = 1 << 20;

    private final LightNvrClient client;
    private final RecorderLogin login;

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
     */
    record User(String name, String role) {}

    private interface Reader<T> {
        T read(RecorderAnswer answer) throws SourceException;
    }

    LightNvrApi(RecorderAccess access, LightNvrClient.Deadlines deadlines, LongSupplier nanoTime) {
        this.client = new LightNvrClient(access.url(), deadlines, nanoTime);
        this.login = new RecorderLogin(client, access, nanoTime);
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
        return ResultsAnswer.read(client.get(path, login.headers(), DETECTIONS_BYTES));
    }

    /** Takes a picture of a stream, a JPEG; returns nothing if the recorder has none. */
    Optional<byte[]> snapshot(PathSegment stream) throws SourceException, InterruptedException {
        String path = "/go2rtc/api/frame.jpeg?src=" + stream;
        RecorderAnswer answer = client.get(path, login.headers(), SnapshotSource.MAX_BYTES);
        return answer.isOk() && answer.isJpeg() ? Optional.of(answer.body()) : Optional.empty();
    }

    /** Lists the streams that the login may see. */
    Guarded<Map<StreamName, StreamsAnswer.Listed>> streams() throws SourceException, InterruptedException {
        return guarded("/api/streams", StreamsAnswer::read);
    }

    /**
     * Returns the zones of a stream.
     *
     * @return nothing if the answer for this stream is unreadable
     * @throws SourceException if the recorder does not answer, or refuses to show zones
     */
    Optional<List<Zone>> zones(PathSegment stream) throws SourceException, InterruptedException {
        RecorderAnswer answer = login.get("/api/streams/" + stream + "/zones");
        if (answer.isRefused() || !answer.isOk() && !answer.isClientError()) {
            throw answer.badStatus();
        }
        try {
            return Optional.of(ZonesAnswer.read(answer));
        } catch (SourceException e) {
            LOG.debug("Skipping the zones of a stream: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns the settings of the built-in publisher. */
    Guarded<NativePublisher> nativePublisher() throws SourceException, InterruptedException {
        return guarded("/api/settings", LightNvrApi::nativePublisher);
    }

    /** Returns the user that the credentials belong to. */
    Guarded<User> user() throws SourceException, InterruptedException {
        return guarded("/api/auth/verify", answer -> {
            JsonNode json = answer.object();
            return new User(json.path("username").asText(""), json.path("role").asText(""));
        });
    }

    /** Returns the recorder's version, which only an administrator may read. */
    Optional<String> version() throws SourceException, InterruptedException {
        RecorderAnswer answer = login.get("/api/system/info");
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

    private <T> Guarded<T> guarded(String path, Reader<T> reader) throws SourceException, InterruptedException {
        RecorderAnswer answer = login.get(path);
        return answer.isRefused() ? Guarded.refused(login.whyRefused(answer)) : Guarded.granted(reader.read(answer));
    }

    /** Cancels running calls; later ones fail. */
    @Override
    public void close() {
        client.close();
    }
}
