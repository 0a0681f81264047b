package io.lightnvr.mqtt.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The JSON of {@code {prefix}/bridge/state}.
 *
 * @param about who we are
 * @param recorderOnline whether the recorder answers
 * @param streams how many there are
 * @param counts what happened since the start
 * @param dropped how many events had to be given up since the start
 * @param waiting how many events are not acknowledged yet
 * @param oldestWaiting since when the oldest of them waits
 */
public record BridgeState(
        About about,
        boolean recorderOnline,
        int streams,
        StatusBoard.Counts counts,
        long dropped,
        int waiting,
        Optional<Instant> oldestWaiting) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectReader READER = new ObjectMapper().reader();

    /**
     * What stays the same while the bridge runs.
     *
     * @param clientId under which it is connected
     * @param storeId sequences begin anew under a new one
     * @param started when
     */
    public record About(String version, String instanceId, String clientId, String storeId, Instant started) {

        public About as(String otherClientId) {
            return new About(version, instanceId, otherClientId, storeId, started);
        }

        public About startedAt(Instant otherStart) {
            return new About(version, instanceId, clientId, storeId, otherStart);
        }
    }

    /** What a bridge has said of itself; a missing node where that is no JSON. */
    public static JsonNode read(byte[] json) {
        try {
            return READER.readTree(json);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    public byte[] json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("version", about.version());
            json.writeStringField("instance_id", about.instanceId());
            json.writeStringField("client_id", about.clientId());
            json.writeStringField("store_id", about.storeId());
            json.writeStringField("started", seconds(about.started()));
            json.writeStringField("recorder", recorderOnline ? "online" : "offline");
            json.writeNumberField("streams", streams);
            json.writeNumberField("seen", counts.seen());
            json.writeNumberField("published", counts.published());
            json.writeNumberField("missed", counts.missed());
            json.writeNumberField("dropped", dropped);
            json.writeNumberField("refused", counts.refused());
            json.writeNumberField("waiting", waiting);
            writeNullable(json, "oldest_waiting", oldestWaiting.map(BridgeState::seconds));
            writeNullable(json, "last_error", counts.lastError());
            json.writeArrayFieldStart("findings");
            for (Finding finding : counts.findings()) {
                finding.writeTo(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void writeNullable(JsonGenerator json, String name, Optional<String> value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent()) {
            json.writeString(value.get());
        } else {
            json.writeNull();
        }
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
