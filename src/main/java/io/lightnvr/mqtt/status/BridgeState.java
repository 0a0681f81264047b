package io.lightnvr.mqtt.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lightnvr.mqtt.json.JsonTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The bridge's state, as the JSON on {@code {prefix}/bridge/state} shows it.
 *
 * @param about the identity of the bridge
 * @param recorderOnline whether the recorder answers
 * @param streams the number of streams
 * @param counts the counts since the start
 * @param dropped the number of events given up since the start
 * @param waiting the number of events that are not acknowledged yet
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

    /**
     * The identity of a running bridge.
     *
     * @param clientId the MQTT client id of its connection
     * @param storeId the store's id; the sequences of a new store begin at 1 again
     * @param started the time of the start, on the wall clock
     */
    public record About(String version, String instanceId, String clientId, String storeId, Instant started) {

        /** The same bridge, connected with another client id. */
        public About withClientId(String otherClientId) {
            return new About(version, instanceId, otherClientId, storeId, started);
        }

        /** The same bridge with a corrected time of the start. */
        public About withStarted(Instant otherStart) {
            return new About(version, instanceId, clientId, storeId, otherStart);
        }
    }

    /** Parses the published state of a bridge, of this version or another; a missing node if it is not JSON. */
    public static JsonNode parse(byte[] json) {
        try {
            return JsonTree.read(json);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The payload, in UTF-8. */
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
