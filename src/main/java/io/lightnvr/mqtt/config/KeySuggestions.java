package io.lightnvr.mqtt.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Suggests what to do about a key that is not an option. */
final class KeySuggestions {

    private static final Pattern SHOWABLE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int MIN_PART = 3;
    private static final int MAX_DISTANCE = 3;

    private KeySuggestions() {}

    /** A key for printing; {@code ***} if it does not look like a name, since it may be a misplaced secret. */
    static String shown(String key) {
        return SHOWABLE.matcher(key).matches() ? key : "***";
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

    /** The key that was probably meant: one of the same section, else one of another. */
    static Optional<String> meant(String section, String name) {
        Optional<String> near = nearest(name, namesIn(section))
                .map(candidate -> section.isEmpty() ? candidate : section + "." + candidate);
        return near.or(() -> Option.all().stream()
                .filter(option -> distance(name, option.name()) <= maxDistance(name))
                .map(Option::key)
                .findFirst());
    }

    /** The names in a section; at the top level, the sections and the options outside them. */
    static List<String> namesIn(String section) {
        return Option.all().stream()
                .filter(option -> section.isEmpty() || option.section().equals(section))
                .map(option -> section.isEmpty() && !option.section().isEmpty() ? option.section() : option.name())
                .distinct()
                .toList();
    }

    private static Optional<String> nearest(String name, List<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(name, candidate) <= maxDistance(name))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    private static int maxDistance(String name) {
        return Math.min(MAX_DISTANCE, Math.max(1, name.length() / 3));
    }

    /** 0 for the same name ignoring case, 1 for a part of it, else the edit distance. */
    private static int distance(String typed, String candidate) {
        String name = typed.toLowerCase(Locale.ROOT);
        if (!name.equals(candidate) && name.length() >= MIN_PART && candidate.contains(name)) {
            return 1;
        }
        return editDistance(name, candidate);
    }

    private static int editDistance(String from, String to) {
        int[] row = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[to.length()];
    }
}
