package io.lightnvr.mqtt.it;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** More events than any recorder has: four detections each, about 600 bytes, over 16 streams. Always the same. */
final class Flood {

    /** Offered together, as one page of the recorder: 20 rows. */
    static final int EVENTS_PER_POLL = 5;

    /** Shared out evenly, so each count of events must be divisible by this. */
    static final int POLLS_OF_ALL = 16 * EVENTS_PER_POLL;

    private static final int STREAMS = 16;
    private static final int ROWS = 4;
    private static final long FIRST_SECOND = 1_706_745_600;
    private static final List<String> LABELS = List.of("person", "car", "dog", "bicycle");

    private static final List<StreamName> NAMES = IntStream.rangeClosed(1, STREAMS)
            .mapToObj(number -> new StreamName("camera_%02d".formatted(number)))
            .toList();

    /** What all streams see at a place; made once, since making it is not what is measured. */
    private static final Map<Integer, List<Detection>> SEEN = new ConcurrentHashMap<>();

    private Flood() {}

    static List<StreamName> streams() {
        return NAMES;
    }

    /**
     * An event of a stream.
     *
     * @param place from 0 up; each is a second of its own
     */
    static DetectionEvent event(StreamName stream, int place, Instant sendableSince) {
        return new DetectionEvent(
                stream, FIRST_SECOND + place, SEEN.computeIfAbsent(place, Flood::detections), sendableSince);
    }

    private static List<Detection> detections(int place) {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> detection(place * ROWS + row))
                .sorted(Detection.ORDER)
                .toList();
    }

    private static Detection detection(int number) {
        Box box = new Box(part(number * 7), part(number * 11), part(number * 13), part(number * 17));
        String label = LABELS.get(number % LABELS.size());
        return new Detection(label, part(number * 3), box, "track" + (10_000 + number % 90_000), "entrance", 1);
    }

    /** A number such as cameras give, with three decimals. */
    private static float part(int number) {
        return (100 + number % 900) / 1000f;
    }
}
