package io.lightnvr.mqtt.state;

import io.lightnvr.mqtt.event.EventGroups;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * After how long without a further event something is cleared.
 *
 * @param usual for whatever has no time of its own, not negative
 * @param byGroup for the labels of a group; a label of several groups stays for the longest of their times
 */
public record ClearTimes(Duration usual, Map<String, Duration> byGroup) {

    public ClearTimes {
        byGroup = Map.copyOf(byGroup);
        if (usual.isNegative() || byGroup.values().stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException(
                    "A time to clear after must not be negative, they are %s and %s".formatted(usual, byGroup));
        }
    }

    /** The same time for everything. */
    public static ClearTimes always(Duration time) {
        return new ClearTimes(time, Map.of());
    }

    Duration of(String label, EventGroups groups) {
        return ofGroups(groups.of(List.of(label)));
    }

    Duration longest(EventGroups groups) {
        Duration ofGroups = ofGroups(groups.labels().keySet());
        return ofGroups.compareTo(usual) > 0 ? ofGroups : usual;
    }

    private Duration ofGroups(Collection<String> groups) {
        return groups.stream()
                .map(group -> byGroup.getOrDefault(group, usual))
                .max(Duration::compareTo)
                .orElse(usual);
    }
}
