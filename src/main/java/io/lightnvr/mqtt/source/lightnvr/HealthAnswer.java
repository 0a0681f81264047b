package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SourceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/**
 * The answer to {@code /api/health}, which needs no login: the running streams.
 *
 * @param up the running streams by name, and whether each is up or degraded, not down
 * @param lastFrame the newest frame of those that are up, else of those that are degraded, in epoch seconds on the
 *     recorder's clock
 * @param uptime since when the recorder runs, in seconds, if the answer has it
 * @param clock the recorder's local time
 */
record HealthAnswer(
        Map<StreamName, Boolean> up, OptionalLong lastFrame, OptionalLong uptime, RecorderClock.Reading clock) {

    /** @throws SourceException if the answer has another form */
    static HealthAnswer read(RecorderAnswer answer) throws SourceException {
        JsonNode json = answer.object();
        JsonNode details = json.path("streams_detail");
        if (!details.isArray()) {
            throw answer.unexpected();
        }
        Map<StreamName, Boolean> up = new LinkedHashMap<>();
        for (JsonNode stream : details) {
            if (up.size() < StreamsAnswer.MAX_STREAMS) {
                StreamsAnswer.name(answer, stream).ifPresent(name -> up.putIfAbsent(name, !isStatus(stream, "down")));
            }
        }
        OptionalLong newest = newestFrame(details, "up");
        return new HealthAnswer(
                up,
                newest.isPresent() ? newest : newestFrame(details, "degraded"),
                uptime(json.path("uptime")),
                answer.clock(json).orElseThrow(answer::unexpected));
    }

    /** Returns whether a stream runs and is not down. */
    boolean isUp(StreamName stream) {
        return up.getOrDefault(stream, false);
    }

    private static OptionalLong uptime(JsonNode seconds) {
        return seconds.isNumber() ? OptionalLong.of(seconds.longValue()) : OptionalLong.empty();
    }

    private static OptionalLong newestFrame(JsonNode details, String status) {
        return StreamSupport.stream(details.spliterator(), false)
                .filter(stream -> isStatus(stream, status))
                .mapToLong(stream -> stream.path("last_frame_ts").asLong(0))
                .filter(frame -> frame > 0)
                .max();
    }

    private static boolean isStatus(JsonNode stream, String status) {
        return stream.path("status").asText("").equals(status);
    }
}
