package io.lightnvr.mqtt.status;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a stream shows now.
 *
 * @param camera what is known of the stream itself
 * @param present who is there, most important first, and since when, by the clock by which events grow old
 * @param occupied the names of the zones in which somebody is
 * @param last the newest event since the bridge was started
 */
public record StreamStatus(
        Camera camera, Map<String, Instant> present, Set<String> occupied, Optional<SeenEvent> last) {

    /**
     * A stream itself.
     *
     * @param online whether the recorder answers and the stream runs
     * @param gone whether the recorder no longer lists it, though its device is still announced
     * @param zones its enabled zones
     */
    public record Camera(StreamName name, boolean online, boolean gone, List<Zone> zones) {

        public Camera {
            zones = List.copyOf(zones);
        }
    }

    public StreamStatus {
        present = Collections.unmodifiableMap(new LinkedHashMap<>(present));
        occupied = Set.copyOf(occupied);
    }

    static StreamStatus of(Camera camera) {
        return new StreamStatus(camera, Map.of(), Set.of(), Optional.empty());
    }

    StreamStatus with(Camera other) {
        return new StreamStatus(other, present, occupied, last);
    }

    StreamStatus with(Map<String, Instant> nowPresent, Set<String> nowOccupied) {
        return new StreamStatus(camera, nowPresent, nowOccupied, last);
    }

    StreamStatus renamed(StreamName other) {
        Camera same = new Camera(other, camera.online(), camera.gone(), camera.zones());
        return new StreamStatus(same, present, occupied, last.map(event -> event.of(other)));
    }

    StreamStatus with(SeenEvent event) {
        return new StreamStatus(camera, present, occupied, Optional.of(event));
    }
}
