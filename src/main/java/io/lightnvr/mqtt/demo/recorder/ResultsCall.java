package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.demo.recorder.SimulatedRows.Stored;
import io.lightnvr.mqtt.event.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code /api/detection/results/<stream>}. The recorder asks its database twice, once for the rows and once for their
 * times, and puts the two together line by line: a row that is inserted between them shifts all times of that answer by one.
 */
final class ResultsCall {

    private static final String PREFIX = "/api/detection/results";

    private static final int MAX_ENCODED_NAME = 255;
    private static final Pattern SPLIT_ESCAPE = Pattern.compile("%.?$");
    private static final int DEFAULT_SECONDS = 30;

    private final SimulatedClock clock;
    private final SimulatedStreams streams;
    private final SimulatedRows rows;
    private final Faults faults;

    ResultsCall(SimulatedClock clock, SimulatedStreams streams, SimulatedRows rows, Faults faults) {
        this.clock = clock;
        this.streams = streams;
        this.rows = rows;
        this.faults = faults;
    }

    /** The stream that is asked for; {@code ""} for none. */
    static String stream(Request request) {
        return Request.decoded(cut(encoded(request)));
    }

    private static String encoded(Request request) {
        return request.path().substring(PREFIX.length()).replaceFirst("^/", "");
    }

    SimulatedAnswer get(Request request) {
        String encoded = encoded(request);
        if (encoded.isEmpty()) {
            return SimulatedAnswer.error(400, "Invalid request path");
        }
        StreamName name = new StreamName(Request.decoded(cut(encoded)));
        Optional<SimulatedStream> stream = streams.find(name);
        long start = request.number("start");
        long end = request.number("end");
        if (start == 0 && end == 0) {
            return stream.isEmpty()
                    ? SimulatedAnswer.streamNotFound()
                    : results(name, stream, clock.second() - DEFAULT_SECONDS, Long.MAX_VALUE);
        }
        return results(name, stream, start, end == 0 ? Long.MAX_VALUE : end);
    }

    private SimulatedAnswer results(StreamName name, Optional<SimulatedStream> stream, long start, long end) {
        List<Stored> found = rows.newest(name, start, end);
        faults.betweenTheQueries(name);
        List<Stored> times = rows.newest(name, start, end);
        JsonText json = new JsonText().beginObject().name("detections").beginArray();
        for (int i = 0; i < Math.min(found.size(), times.size()); i++) {
            write(json, found.get(i).row(), times.get(i));
        }
        json.endArray().field("timestamp", clock.localTime());
        json.field(
                "stream_status", stream.map(SimulatedStream::unreliableStatus).orElse("Unknown"));
        return SimulatedAnswer.json(200, json.endObject());
    }

    private static void write(JsonText json, SimulatedRow row, Stored time) {
        json.beginObject()
                .name("label")
                .value(row.labelBytes())
                .field("confidence", row.confidence())
                .field("x", row.x())
                .field("y", row.y())
                .field("width", row.width())
                .field("height", row.height())
                .field("timestamp", time.second())
                .field("end_timestamp", time.end())
                .endObject();
    }

    /** The recorder's buffer cuts a longer name, which then means another, usually unknown stream. */
    private static String cut(String encoded) {
        return encoded.length() > MAX_ENCODED_NAME
                ? SPLIT_ESCAPE.matcher(encoded.substring(0, MAX_ENCODED_NAME)).replaceFirst("")
                : encoded;
    }
}
