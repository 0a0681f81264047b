package io.lightnvr.mqtt.state;

import io.lightnvr.mqtt.event.ClearTimes;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.EventSummary;
import io.lightnvr.mqtt.event.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The state of one stream; {@link StreamStates} has the rules and the times. Not thread-safe. */
final class StreamState {

    private final EventGroups groups;
    private final ClearTimes clearTimes;
    private final Map<String, Sighting> labels = new LinkedHashMap<>();
    private final Map<String, Sighting> occupied = new LinkedHashMap<>();
    /** By group, the zones that something of it occupies. */
    private final Map<String, Map<String, Sighting>> occupiedBy = new LinkedHashMap<>();

    private final Set<String> zones = new LinkedHashSet<>();
    private String lastLabel = "";
    private Optional<Long> lastSecond = Optional.empty();

    /** @param zoneGroups those that are told for each zone */
    StreamState(EventGroups groups, List<String> zoneGroups, ClearTimes clearTimes) {
        this.groups = groups;
        this.clearTimes = clearTimes;
        zoneGroups.forEach(group -> occupiedBy.put(group, new LinkedHashMap<>()));
    }

    /** Sets the zones that there are; an occupied one that is not among them stays until it is left. */
    void zones(List<String> names) {
        zones.clear();
        zones.addAll(names);
    }

    void detected(DetectionEvent event, Duration delay, long nanos) {
        if (delay.compareTo(clearTimes.usual()) > 0) {
            return;
        }
        clear(nanos);
        long since = nanos - delay.toNanos();
        EventSummary summary = EventSummary.of(event, groups);
        summary.labels()
                .forEach(
                        (label, count) -> see(labels, label, new Sighting(event.second(), count, until(label, since))));
        for (Detection detection : event.detections()) {
            if (!detection.zoneId().isEmpty()) {
                occupy(detection, new Sighting(event.second(), 1, until(detection.label(), since)));
            }
        }
        if (lastSecond.isEmpty() || Sighting.isNewer(event.second(), lastSecond.get())) {
            lastSecond = Optional.of(event.second());
            lastLabel = summary.best().label();
        }
    }

    private void occupy(Detection detection, Sighting sighting) {
        see(occupied, detection.zoneId(), sighting);
        zones.add(detection.zoneId());
        occupiedBy.forEach((group, its) -> {
            if (groups.contains(group, detection.label())) {
                see(its, detection.zoneId(), sighting);
            }
        });
    }

    private long until(String label, long since) {
        return since + clearTimes.of(label, groups).toNanos();
    }

    /** The state as it is saved. */
    SavedState save(Instant now, long nanos) {
        Map<String, Map<String, SavedState.Item>> zoneGroups = new LinkedHashMap<>();
        occupiedBy.forEach((group, its) -> zoneGroups.put(group, items(its, now, nanos)));
        return new SavedState(
                lastLabel, lastSecond, items(labels, now, nanos), items(occupied, now, nanos), zoneGroups);
    }

    /** Takes up a saved state; nothing stays for longer than if it had been seen just now. */
    void restore(SavedState saved, Instant now, long nanos) {
        lastLabel = saved.lastLabel();
        lastSecond = saved.lastSecond();
        Duration longest = clearTimes.longest(groups);
        saved.labels()
                .forEach((label, item) -> labels.put(label, sighting(item, clearTimes.of(label, groups), now, nanos)));
        saved.zones().forEach((zone, item) -> occupied.put(zone, sighting(item, longest, now, nanos)));
        occupiedBy.forEach((group, its) -> saved.zoneGroups()
                .getOrDefault(group, Map.of())
                .forEach((zone, item) -> its.put(zone, sighting(item, longest, now, nanos))));
        clear(nanos);
    }

    private static Sighting sighting(SavedState.Item item, Duration atMost, Instant now, long nanos) {
        Instant latest = now.plus(atMost);
        Instant until = item.until().isBefore(latest) ? item.until() : latest;
        Duration left = until.isBefore(now) ? Duration.ZERO : Duration.between(now, until);
        return new Sighting(item.second(), item.count(), nanos + left.toNanos());
    }

    private static Map<String, SavedState.Item> items(Map<String, Sighting> sightings, Instant now, long nanos) {
        Map<String, SavedState.Item> items = new LinkedHashMap<>();
        sightings.forEach((name, sighting) -> items.put(
                name,
                new SavedState.Item(sighting.second(), sighting.count(), now.plusNanos(sighting.until() - nanos))));
        return items;
    }

    /** What the stream shows now; what is over is cleared. */
    StreamView view(long nanos) {
        clear(nanos);
        Map<String, Integer> counts = new LinkedHashMap<>();
        labels.forEach((label, sighting) -> counts.put(label, sighting.count()));
        int count = counts.values().stream().mapToInt(Integer::intValue).sum();
        Optional<Instant> lastDetection = lastSecond.map(EventTime::of);
        Map<String, Boolean> zoneSwitches = zoneSwitches();
        return new StreamView(
                count,
                counts,
                groupSwitches(),
                zoneSwitches,
                zoneGroupSwitches(zoneSwitches.keySet()),
                lastLabel,
                lastDetection);
    }

    /** When the next label or zone is cleared, in nanoseconds; may have passed already. */
    OptionalLong nextChange() {
        return sightings().mapToLong(Sighting::until).reduce((a, b) -> a - b < 0 ? a : b);
    }

    private void clear(long nanos) {
        all().forEach(sightings -> sightings.values().removeIf(sighting -> sighting.isOver(nanos)));
    }

    private Map<String, Boolean> groupSwitches() {
        List<String> present = groups.of(labels.keySet());
        Map<String, Boolean> switches = new LinkedHashMap<>();
        groups.labels().keySet().forEach(group -> switches.put(group, present.contains(group)));
        return switches;
    }

    private Map<String, Boolean> zoneSwitches() {
        Map<String, Boolean> switches = new LinkedHashMap<>();
        zones.forEach(zone -> switches.put(zone, false));
        occupied.keySet().forEach(zone -> switches.put(zone, true));
        return switches;
    }

    private Map<String, Map<String, Boolean>> zoneGroupSwitches(Set<String> shown) {
        Map<String, Map<String, Boolean>> switches = new LinkedHashMap<>();
        occupiedBy.forEach((group, its) -> shown.forEach(zone ->
                switches.computeIfAbsent(zone, any -> new LinkedHashMap<>()).put(group, its.containsKey(zone))));
        return switches;
    }

    private Stream<Sighting> sightings() {
        return all().flatMap(sightings -> sightings.values().stream());
    }

    private Stream<Map<String, Sighting>> all() {
        return Stream.concat(Stream.of(labels, occupied), occupiedBy.values().stream());
    }

    private static void see(Map<String, Sighting> sightings, String name, Sighting sighting) {
        sightings.merge(name, sighting, (earlier, later) -> later.after(earlier));
    }
}
