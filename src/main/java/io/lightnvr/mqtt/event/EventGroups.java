package io.lightnvr.mqtt.event;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The groups that labels belong to, most important first: an event is named after the first one that it contains. A
 * label may be in several groups.
 *
 * @param labels the labels of each group, by the group's name, in order; upper and lower case are alike
 */
public record EventGroups(Map<String, Set<String>> labels) {

    /** The group that entities and templates know by name. */
    public static final String PERSON = "person";

    private static final EventGroups STANDARD = new EventGroups(standardLabels());

    public EventGroups {
        Map<String, Set<String>> folded = new LinkedHashMap<>();
        labels.forEach((group, names) ->
                folded.put(group, names.stream().map(Text::folded).collect(Collectors.toUnmodifiableSet())));
        labels = Collections.unmodifiableMap(folded);
    }

    /** Persons, vehicles, animals and packages, with the labels that common models give them. */
    public static EventGroups standard() {
        return STANDARD;
    }

    /** Whether a label belongs to a group; no label belongs to a group that there is not. */
    public boolean contains(String group, String label) {
        return labels.getOrDefault(group, Set.of()).contains(Text.folded(label));
    }

    /** Those groups that have one of these labels, in order. */
    public List<String> of(Collection<String> present) {
        List<String> folded = present.stream().map(Text::folded).toList();
        return labels.entrySet().stream()
                .filter(group -> !Collections.disjoint(group.getValue(), folded))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, Set<String>> standardLabels() {
        Map<String, Set<String>> labels = new LinkedHashMap<>();
        labels.put(PERSON, Set.of("person"));
        labels.put(
                "vehicle",
                Set.of("vehicle", "car", "truck", "bus", "van", "motorcycle", "motorbike", "bicycle", "train", "boat"));
        labels.put(
                "animal",
                Set.of(
                        "animal",
                        "dog",
                        "cat",
                        "bird",
                        "horse",
                        "sheep",
                        "cow",
                        "bear",
                        "deer",
                        "fox",
                        "rabbit",
                        "squirrel",
                        "raccoon",
                        "elephant",
                        "zebra",
                        "giraffe"));
        labels.put("package", Set.of("package", "parcel"));
        return labels;
    }
}
