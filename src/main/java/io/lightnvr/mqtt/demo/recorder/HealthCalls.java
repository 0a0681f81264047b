package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.demo.recorder.SimulatedStream.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** {@code /api/health}, which has running streams only and is always healthy, and {@code /api/system/info}. */
final class HealthCalls {

    private static final int FRAMES_PER_SECOND = 10;
    private static final double MEASURED_FRAMES_PER_SECOND = 9.875;
    private static final double BITS_PER_SECOND = 187_676.4;
    private static final double USED_BYTES = 188_356_653_056d;
    private static final double AVAILABLE_BYTES = 82_196_520_960d;

    private final SimulatedClock clock;
    private final SimulatedStreams streams;
    private final RequestCounter counter;
    private final String version;
    private volatile Instant started;

    HealthCalls(SimulatedClock clock, SimulatedStreams streams, RequestCounter counter, String version) {
        this.version = version;
        this.clock = clock;
        this.streams = streams;
        this.counter = counter;
        restart();
    }

    /** Sets the uptime to 0. */
    void restart() {
        started = clock.rightNow();
    }

    SimulatedAnswer info(Request request, Account account) {
        return account.role() == Account.Role.ADMIN
                ? SimulatedAnswer.json(
                        200,
                        new JsonText()
                                .beginObject()
                                .field("version", version)
                                .field("uptime", uptime())
                                .endObject())
                : SimulatedAnswer.error(403, "Forbidden: Admin privileges required");
    }

    SimulatedAnswer health(Request request) {
        List<SimulatedStreams.Listed> running = streams.running();
        JsonText json = new JsonText()
                .beginObject()
                .field("healthy", true)
                .field("uptime", uptime())
                .field("totalRequests", counter.total())
                .field("failedRequests", 0)
                .field("timestamp", clock.localTime())
                .field("status", "healthy");
        writeCounts(json.name("streams"), running);
        json.name("storage")
                .beginObject()
                .field("used_bytes", USED_BYTES)
                .field("available_bytes", AVAILABLE_BYTES)
                .endObject()
                .name("streams_detail")
                .beginArray();
        running.forEach(listed -> write(json, listed));
        return SimulatedAnswer.json(200, json.endArray().endObject());
    }

    /** In seconds. */
    private long uptime() {
        return Duration.between(started, clock.rightNow()).toSeconds();
    }

    private static void writeCounts(JsonText json, List<SimulatedStreams.Listed> running) {
        json.beginObject()
                .field("total", running.size())
                .field("up", count(running, Condition.UP))
                .field("degraded", count(running, Condition.DEGRADED))
                .field("down", count(running, Condition.DOWN))
                .endObject();
    }

    private static long count(List<SimulatedStreams.Listed> running, Condition condition) {
        return running.stream()
                .filter(listed -> listed.stream().condition() == condition)
                .count();
    }

    private void write(JsonText json, SimulatedStreams.Listed listed) {
        SimulatedStream stream = listed.stream();
        boolean pictures = stream.condition() != Condition.DOWN;
        Instant lastFrame = pictures ? clock.instant() : listed.since();
        long upFor = pictures ? Duration.between(listed.since(), lastFrame).toSeconds() : 0;
        json.beginObject()
                .field("name", stream.name().raw())
                .field("status", stream.condition().name().toLowerCase(Locale.ROOT))
                .field("fps", pictures ? MEASURED_FRAMES_PER_SECOND : 0)
                .field("configured_fps", FRAMES_PER_SECOND)
                .field("bitrate_bps", pictures ? BITS_PER_SECOND : 0)
                .field("uptime_seconds", upFor)
                .field("reconnects", 0)
                .field("last_frame_ts", lastFrame.getEpochSecond())
                .field("frames_total", upFor * FRAMES_PER_SECOND)
                .field("frames_dropped", 0)
                .field("connection_latency_ms", 0)
                .field("recording_active", pictures)
                .field("recording_gaps", 0)
                .endObject();
    }
}
