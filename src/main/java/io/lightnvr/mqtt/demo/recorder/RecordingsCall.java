package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.event.StreamName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /api/recordings}: finished recordings, chosen by when they began. Its times are ISO 8601 in UTC; one that it cannot
 * read counts as none. Source: {@code api_handlers_recordings_list.c} of LightNVR.
 */
final class RecordingsCall {

    private static final long USUAL_LIMIT = 20;
    private static final long HIGHEST_LIMIT = 1_000;
    private static final int SECONDS_IN_TEXT = "2026-11-28T06:30:00".length();

    private final Access access;
    private final List<Finished> recordings = new ArrayList<>();

    private record Finished(long id, StreamName stream, long start, long end) {

        private void write(JsonText json) {
            json.beginObject()
                    .field("id", id)
                    .field("stream", stream.raw())
                    .field("file_path", "/var/lib/lightnvr/recordings/mp4/" + id + ".mp4")
                    .field("start_time", Instant.ofEpochSecond(start).toString())
                    .field("end_time", Instant.ofEpochSecond(end).toString())
                    .field("start_time_unix", start)
                    .field("end_time_unix", end)
                    .field("duration", end - start)
                    .field("size", "1.8 MB")
                    .field("capture_method", "scheduled")
                    .name("schedule_restricted")
                    .raw("null")
                    .field("has_detection", true)
                    .field("protected", false)
                    .name("tags")
                    .beginArray()
                    .endArray()
                    .endObject();
        }
    }

    RecordingsCall(Access access) {
        this.access = access;
    }

    /** A recording is finished; returns its id. */
    synchronized long add(StreamName stream, long start, long end) {
        long id = recordings.size() + 1L;
        recordings.add(new Finished(id, stream, start, end));
        return id;
    }

    synchronized SimulatedAnswer list(Request request, Account account) {
        Set<String> names =
                Set.of(request.value("stream").map(Request::decoded).orElse("").split(","));
        Optional<Long> from = time(request, "start");
        Optional<Long> until = time(request, "end");
        Comparator<Finished> order = Comparator.comparingLong(Finished::start);
        boolean isAscending = request.value("order").filter("asc"::equals).isPresent();
        List<Finished> found = recordings.stream()
                .filter(recording ->
                        names.contains(recording.stream().raw()) && access.sees(account, recording.stream()))
                .filter(recording ->
                        from.filter(second -> recording.start() < second).isEmpty())
                .filter(recording ->
                        until.filter(second -> recording.start() > second).isEmpty())
                .sorted(isAscending ? order : order.reversed())
                .toList();
        long wanted = request.number("limit");
        long limit = wanted == 0 ? USUAL_LIMIT : Math.min(wanted, HIGHEST_LIMIT);
        JsonText json = new JsonText().beginObject().name("recordings").beginArray();
        found.stream().limit(limit).forEach(recording -> recording.write(json));
        json.endArray()
                .name("pagination")
                .beginObject()
                .field("page", 1)
                .field("pages", (found.size() + limit - 1) / limit)
                .field("total", found.size())
                .field("limit", limit)
                .endObject();
        return SimulatedAnswer.json(200, json.endObject());
    }

    private static Optional<Long> time(Request request, String key) {
        return request.value(key).map(Request::decoded).flatMap(text -> {
            try {
                String seconds = text.substring(0, Math.min(SECONDS_IN_TEXT, text.length()));
                return Optional.of(LocalDateTime.parse(seconds).toEpochSecond(ZoneOffset.UTC));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }
}
