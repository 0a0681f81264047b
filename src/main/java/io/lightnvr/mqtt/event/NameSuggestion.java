package io.lightnvr.mqtt.event;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** Suggests the name that a misspelled one probably means, ignoring case. */
public final class NameSuggestion {

    private static final int MIN_PART = 3;
    private static final int MAX_DISTANCE = 3;

    private NameSuggestion() {}

    /**
     * Returns the name that is nearest to what was typed.
     *
     * @return nothing if no name is {@linkplain #isNear near}
     */
    public static Optional<String> among(String typed, Collection<String> names) {
        return names.stream()
                .filter(name -> isNear(typed, name))
                .min(Comparator.comparingInt(name -> distance(typed, name)));
    }

    /**
     * Returns whether a name may have been meant: it contains what was typed, or differs from it in at most 3 letters
     * and at most a third of them.
     */
    public static boolean isNear(String typed, String name) {
        return distance(typed, name) <= maxDistance(typed);
    }

    private static int maxDistance(String typed) {
        return Math.min(MAX_DISTANCE, Math.max(1, typed.length() / 3));
    }

    /** 0 for the same name ignoring case, 1 for a part of it, else the edit distance as far as it matters. */
    private static int distance(String typed, String name) {
        if (typed.length() > 2 * name.length() + MAX_DISTANCE) {
            return typed.length() - name.length(); // without folding it once for each name
        }
        String from = Text.folded(typed);
        String to = Text.folded(name);
        if (!from.equals(to) && from.length() >= MIN_PART && to.contains(from)) {
            return 1;
        }
        int lengths = Math.abs(from.length() - to.length());
        return lengths > MAX_DISTANCE ? lengths : editDistance(from, to);
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
