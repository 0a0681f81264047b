package io.lightnvr.mqtt.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Assigns labels to groups, most important group first: an event is named after the first group that it contains. A
 * label may be in several groups.
 *
 * @param labels the labels of each group, ignoring case, by the group's name, in order
 */
public record EventGroups(Map<String, Set<String>> labels) {

    /** The group that entities and templates refer to by name. */
    public static final String PERSON = "person";

    private static final EventGroups STANDARD = new EventGroups(standardLabels());

    public EventGroups {
        Map<String, Set<String>> folded = new LinkedHashMap<>();
        labels.forEach((group, names) ->
                folded.put(group, names.stream().map(Text::folded).collect(Collectors.toUnmodifiableSet())));
        labels = Collections.unmodifiableMap(folded);
    }

    /** The default groups, person, vehicle, animal and package, with the labels that common models use. */
    public static EventGroups standard() {
        return STANDARD;
    }

    /** Returns whether a group has a label; a group that does not exist has none. */
    public boolean contains(String group, String label) {
        return labels.getOrDefault(group, Set.of()).contains(Text.folded(label));
    }

    /** Returns the groups that have at least one of these labels, in order. */
    public List<String> of(Collection<String> present) {
        Set<String> folded = new HashSet<>();
        present.forEach(label -> folded.add(Text.folded(label)));
        List<String> groups = new ArrayList<>();
        labels.forEach((group, its) -> {
            if (!Collections.disjoint(its, folded)) {
                groups.add(group);
            }
        });
        return List.copyOf(groups);
    }

    private static Map<String, Set<String>> standardLabels() {
        Map<String, Set<String>> labels = new LinkedHashMap<>();
        labels.put(PERSON, words("person"));
        labels.put("vehicle", words("vehicle car truck bus van motorcycle motorbike bicycle train boat"));
        labels.put(
                "animal",
                words(
                        "animal dog cat bird horse sheep cow bear deer fox rabbit squirrel raccoon elephant zebra giraffe"));
        labels.put("package", words("package parcel"));
        return labels;
    }

    private static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }
}
