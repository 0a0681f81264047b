package io.lightnvr.mqtt.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The options of an entry of {@code recorders}. Each is another spelling of an option that a single recorder has elsewhere; what an
 * entry does not set is as it is there.
 */
public final class RecorderOption {

    /** The key of the list. */
    public static final String LIST = "recorders";

    /** The place of the recorder that is not in the list. */
    static final String SINGLE = "nvr";

    /** The sections whose options an entry has under the same names; but {@code topic_prefix} is the bridge's there. */
    private static final Set<String> SECTIONS = Set.of(SINGLE, "detections");

    private static final Map<String, String> KEYS = keys();
    private static final Map<String, String> NAMES = KEYS.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey, (one, other) -> one, LinkedHashMap::new));
    private static final Pattern KEY = Pattern.compile("(?<![a-z_.\\[\\]])("
            + NAMES.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")) + ")(?![a-z_]|\\.[a-z])");

    private RecorderOption() {}

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        Option.all().stream()
                .filter(option -> SECTIONS.contains(option.section()))
                .forEach(option -> keys.put(option.name(), option.key()));
        keys.put("topic_prefix", "mqtt.topic_prefix");
        keys.put("events_prefix", "nvr.topic_prefix");
        keys.put("instance_id", "home_assistant.instance_id");
        keys.put("catch_up", "catch_up.max_age");
        return keys;
    }

    /** The names of the options of an entry. */
    public static List<String> names() {
        return List.copyOf(KEYS.keySet());
    }

    /** The option that an entry spells so. */
    public static Optional<Option> find(String name) {
        return Optional.ofNullable(KEYS.get(name)).map(Option::of);
    }

    /** An entry in the texts for people: {@code recorders[1]}. */
    static String place(int index) {
        return LIST + "[" + index + "]";
    }

    /** An option as people spell it for a recorder at a place; its own key if entries do not have it. */
    static String spelled(String place, String key) {
        String name = NAMES.get(key);
        return place.equals(SINGLE) || name == null ? key : place + "." + name;
    }

    /** A sentence for people, with the options that it names as they are spelled for a recorder at a place. */
    static String inSentence(String place, String sentence) {
        return place.equals(SINGLE)
                ? sentence
                : KEY.matcher(sentence).replaceAll(key -> Matcher.quoteReplacement(spelled(place, key.group(1))));
    }
}
