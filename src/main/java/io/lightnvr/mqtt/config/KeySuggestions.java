package io.lightnvr.mqtt.config;

import io.lightnvr.mqtt.event.NameSuggestion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Suggests what to do about a key that is not an option. */
final class KeySuggestions {

    private static final Pattern SHOWABLE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    private KeySuggestions() {}

    /**
     * A key for printing; {@code ***} if it does not look like a name, since it may be a misplaced secret. No option has a digit,
     * so a key with one must be like an option's.
     */
    static String shown(String key) {
        boolean isName = SHOWABLE.matcher(key).matches()
                && (!DIGIT.matcher(key).find() || meant("", key).isPresent());
        return isName ? key : "***";
    }

    /**
     * The advice for a key that is not an option.
     *
     * @param section the section of the key, empty for the top level
     */
    static String advice(String section, String name) {
        if (!SHOWABLE.matcher(name).matches()) {
            return "write each option as name: value, with a space after the colon";
        }
        return meant(section, name)
                .map(key -> "did you mean " + key + "?")
                .orElseGet(() -> "use one of " + String.join(", ", namesIn(section)));
    }

    /**
     * The key that was probably meant: one of the same section, else one of another. What the recorder and the broker both have
     * is more often said of the broker.
     */
    static Optional<String> meant(String section, String name) {
        Optional<String> near = NameSuggestion.among(name, namesIn(section))
                .map(candidate -> section.isEmpty() ? candidate : section + "." + candidate);
        return near.or(() -> Option.all().stream()
                .filter(option -> NameSuggestion.isNear(name, option.name()))
                .min(Comparator.comparing((Option option) -> option.section().equals("nvr")))
                .map(Option::key));
    }

    /** The advice for a key that is no option of a recorder in the list. */
    static String adviceInRecorder(String place, String name) {
        if (!SHOWABLE.matcher(name).matches()) {
            return advice("", name);
        }
        return NameSuggestion.among(name, RecorderOption.names())
                .map(near -> "did you mean " + place + "." + near + "?")
                .orElseGet(() -> "use one of " + String.join(", ", RecorderOption.names()));
    }

    /** The names in a section; at the top level, the sections, the list of recorders, and the options outside them. */
    static List<String> namesIn(String section) {
        Stream<String> names = Option.all().stream()
                .filter(option -> section.isEmpty() || option.section().equals(section))
                .map(option -> section.isEmpty() && !option.section().isEmpty() ? option.section() : option.name());
        Stream<String> list = section.isEmpty() ? Stream.of(RecorderOption.LIST) : Stream.empty();
        return Stream.concat(names, list).distinct().toList();
    }
}
