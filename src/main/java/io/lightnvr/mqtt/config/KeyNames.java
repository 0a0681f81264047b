package io.lightnvr.mqtt.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What to say of a key that is not an option. */
final class KeyNames {

    private static final Pattern SHOWABLE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int LEAST_PART = 3;
    private static final int MOST_CHANGES = 3;

    private KeyNames() {}

    /** A key as it can be shown; one that looks like no name may be a misplaced secret, and becomes {@code ***}. */
    static String shown(String key) {
        return SHOWABLE.matcher(key).matches() ? key : "***";
    }

    /**
     * What to do about a key that no option has.
     *
     * @param section where it stands, empty for the top level
     */
    static String advice(String section, String name) {
        if (!SHOWABLE.matcher(name).matches()) {
            return "write each option as name: value, with a space after the colon";
        }
        return meant(section, name)
                .map(key -> "did you mean " + key + "?")
                .orElseGet(() -> "use one of " + String.join(", ", namesIn(section)));
    }

    /** The key that was probably meant: one of the same section, else one that stands elsewhere. */
    static Optional<String> meant(String section, String name) {
        Optional<String> near = nearest(name, namesIn(section))
                .map(candidate -> section.isEmpty() ? candidate : section + "." + candidate);
        return near.or(() -> Options.all().stream()
                .filter(option -> distance(name, option.name()) <= tolerance(name))
                .map(Option::key)
                .findFirst());
    }

    /** The names that can stand in a section; those of the top level are the sections and the options outside them. */
    static List<String> namesIn(String section) {
        return Options.all().stream()
                .filter(option -> section.isEmpty() || option.section().equals(section))
                .map(option -> section.isEmpty() && !option.section().isEmpty() ? option.section() : option.name())
                .distinct()
                .toList();
    }

    private static Optional<String> nearest(String name, List<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(name, candidate) <= tolerance(name))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    private static int tolerance(String name) {
        return Math.min(MOST_CHANGES, Math.max(1, name.length() / 3));
    }

    /** 0 for the same name in upper or lower case, 1 for a part of it, else the number of letters to change. */
    private static int distance(String typed, String candidate) {
        String name = typed.toLowerCase(Locale.ROOT);
        if (!name.equals(candidate) && name.length() >= LEAST_PART && candidate.contains(name)) {
            return 1;
        }
        return lettersToChange(name, candidate);
    }

    private static int lettersToChange(String from, String to) {
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
