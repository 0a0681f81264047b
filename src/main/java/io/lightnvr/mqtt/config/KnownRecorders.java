package io.lightnvr.mqtt.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the data folder tells of recorders that were there before. By that each keeps its topics, ids and files, wherever its entry
 * stands now.
 *
 * @param main the name of the one whose files bear no name
 * @param others the names of those that have files of their own
 */
public record KnownRecorders(Optional<String> main, Set<String> others) {

    /** Nothing is known. */
    public static final KnownRecorders NONE = new KnownRecorders(Optional.empty(), Set.of());

    public KnownRecorders {
        others = Set.copyOf(others);
    }

    /**
     * Which of these is the main one: the one that was it before, else the one that bears the name of a single one without a name,
     * else the first; but none that has files of its own. If there is none, what the former one has left stays as it is until it is
     * forgotten.
     */
    OptionalInt mainOf(List<String> names) {
        int before = main.map(names::indexOf).orElse(-1);
        if (before >= 0) {
            return OptionalInt.of(before);
        }
        int candidate = Math.max(0, names.indexOf(Configuration.Nvr.UNNAMED));
        return names.isEmpty() || others.contains(names.get(candidate))
                ? OptionalInt.empty()
                : OptionalInt.of(candidate);
    }
}
