package io.lightnvr.mqtt.event;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How long labels and zones stay after the last event that has them.
 *
 * @param usual for everything that is not in {@code byGroup}, not negative
 * @param byGroup for the labels of a group, not negative; a label of several groups stays for the longest of their times
 */
public record ClearTimes(Duration usual, Map<String, Duration> byGroup) {

    public ClearTimes {
        byGroup = Map.copyOf(byGroup);
        if (usual.isNegative() || byGroup.values().stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("Clear times must not be negative: %s, %s".formatted(usual, byGroup));
        }
    }

    /** The same time for everything. */
    public static ClearTimes always(Duration time) {
        return new ClearTimes(time, Map.of());
    }

    /** Returns the time of a label: the longest of its groups, or the usual one. */
    public Duration of(String label, EventGroups groups) {
        return byGroup.isEmpty() ? usual : ofGroups(groups.of(List.of(label)));
    }

    /** Returns the longest time that any label may have. */
    public Duration longest(EventGroups groups) {
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
