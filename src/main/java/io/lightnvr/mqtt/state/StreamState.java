package io.lightnvr.mqtt.state;

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

/** What one stream shows; see {@link StreamStates} for the rules and for the times. Not safe for several threads. */
final class StreamState {

    private final EventGroups groups;
    private final ClearTimes clearTimes;
    private final Map<String, Sighting> labels = new LinkedHashMap<>();
    private final Map<String, Sighting> occupied = new LinkedHashMap<>();
    private final Set<String> zones = new LinkedHashSet<>();
    private String lastLabel = "";
    private Optional<Long> lastSecond = Optional.empty();

    StreamState(EventGroups groups, ClearTimes clearTimes) {
        this.groups = groups;
        this.clearTimes = clearTimes;
    }

    /** Sets what zones there are; one that is occupied and not among them stays until it is left. */
    void zones(List<String> names) {
        zones.clear();
        zones.addAll(names);
    }

    void seen(DetectionEvent event, Duration delay, long nanos) {
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
                see(occupied, detection.zoneId(), new Sighting(event.second(), 1, until(detection.label(), since)));
                zones.add(detection.zoneId());
            }
        }
        if (lastSecond.isEmpty() || Sighting.isNewer(event.second(), lastSecond.get())) {
            lastSecond = Optional.of(event.second());
            lastLabel = summary.best().label();
        }
    }

    private long until(String label, long since) {
        return since + clearTimes.of(label, groups).toNanos();
    }

    /** Everything that it knows, to be kept while the process does not run. */
    StateMemory memory(Instant now, long nanos) {
        return new StateMemory(lastLabel, lastSecond, kept(labels, now, nanos), kept(occupied, now, nanos));
    }

    /** Takes up what was known; nothing is there for longer than if it had been seen just now. */
    void restore(StateMemory memory, Instant now, long nanos) {
        lastLabel = memory.lastLabel();
        lastSecond = memory.lastSecond();
        Duration longest = clearTimes.longest(groups);
        memory.labels()
                .forEach((label, kept) -> labels.put(label, restored(kept, clearTimes.of(label, groups), now, nanos)));
        memory.zones().forEach((zone, kept) -> occupied.put(zone, restored(kept, longest, now, nanos)));
        clear(nanos);
    }

    private static Sighting restored(StateMemory.Kept kept, Duration atMost, Instant now, long nanos) {
        Duration left = Duration.between(now, kept.until());
        Duration until = left.compareTo(atMost) < 0 ? left : atMost;
        return new Sighting(kept.second(), kept.count(), nanos + until.toNanos());
    }

    private static Map<String, StateMemory.Kept> kept(Map<String, Sighting> sightings, Instant now, long nanos) {
        Map<String, StateMemory.Kept> kept = new LinkedHashMap<>();
        sightings.forEach((name, sighting) -> kept.put(
                name,
                new StateMemory.Kept(sighting.second(), sighting.count(), now.plusNanos(sighting.until() - nanos))));
        return kept;
    }

    /** What it shows at a moment; what is over by then is forgotten. */
    StreamView show(long nanos) {
        clear(nanos);
        Map<String, Integer> counts = new LinkedHashMap<>();
        labels.forEach((label, sighting) -> counts.put(label, sighting.count()));
        int count = counts.values().stream().mapToInt(Integer::intValue).sum();
        Optional<Instant> lastDetection = lastSecond.map(EventTime::of);
        return new StreamView(count, counts, groupSwitches(), zoneSwitches(), lastLabel, lastDetection);
    }

    /** When the next label or zone is left; may have passed already. */
    OptionalLong nextChange() {
        return sightings().mapToLong(Sighting::until).reduce((a, b) -> a - b < 0 ? a : b);
    }

    private void clear(long nanos) {
        labels.values().removeIf(sighting -> sighting.isOver(nanos));
        occupied.values().removeIf(sighting -> sighting.isOver(nanos));
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

    private Stream<Sighting> sightings() {
        return Stream.concat(labels.values().stream(), occupied.values().stream());
    }

    private static void see(Map<String, Sighting> sightings, String name, Sighting sighting) {
        sightings.merge(name, sighting, (earlier, later) -> later.after(earlier));
    }
}
