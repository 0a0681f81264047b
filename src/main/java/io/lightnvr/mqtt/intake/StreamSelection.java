package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.DetectionFilter;
import io.lightnvr.mqtt.event.NameSuggestion;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.StreamList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Selects the streams that the user wants from those that the recorder has, and warns of names in the configuration that the
 * recorder does not know. For one thread at a time.
 */
public final class StreamSelection {

    private static final Logger LOG = LoggerFactory.getLogger(StreamSelection.class);

    private final DetectionFilter filter;
    private final Set<StreamName> logged = new HashSet<>();
    private boolean sharedSlugLogged;

    StreamSelection(DetectionFilter filter) {
        this.filter = filter;
    }

    /**
     * The recorder's streams, as the user wants them.
     *
     * @param wanted those that are polled
     * @param excluded others, which the user does not want
     * @param unsure others, which the user may want: {@code detections.streams} has a name that the recorder does not know, so
     *     that it may be a misspelled one
     */
    public record Selection(StreamList wanted, Set<StreamName> excluded, Set<StreamName> unsure) {

        public Selection {
            excluded = Set.copyOf(excluded);
            unsure = Set.copyOf(unsure);
        }
    }

    /** Whether the user wants a stream, if the recorder has it. */
    boolean wants(StreamName stream) {
        return filter.wants(stream);
    }

    Selection select(StreamList list) {
        Set<StreamName> all =
                list.streams().stream().map(StreamList.Stream::name).collect(Collectors.toSet());
        List<StreamList.Stream> wanted = list.streams().stream()
                .filter(stream -> filter.wants(stream.name()))
                .toList();
        Set<StreamName> excluded = new LinkedHashSet<>(all);
        wanted.forEach(stream -> excluded.remove(stream.name()));
        Set<StreamName> unsure = new LinkedHashSet<>();
        if (list.complete()) {
            warnOfUnknown("detections.ignore_streams", filter.ignoredStreams(), all);
            if (warnOfUnknown("detections.streams", filter.streams(), all)) {
                unsure.addAll(excluded);
                unsure.removeAll(filter.ignoredStreams());
                excluded.removeAll(unsure);
            }
        }
        warnOfSharedSlugs(wanted);
        return new Selection(new StreamList(wanted, list.complete(), list.gone(), list.goodFor()), excluded, unsure);
    }

    /** Warns once of each name that the recorder does not know, until it knows it; returns whether there is one. */
    private boolean warnOfUnknown(String option, Set<StreamName> names, Set<StreamName> known) {
        Set<StreamName> unknown = new LinkedHashSet<>(names);
        unknown.removeAll(known);
        for (StreamName name : unknown) {
            if (logged.add(name)) {
                LOG.warn(
                        "{} names the stream {}, which the recorder does not have{}",
                        option,
                        name,
                        suggestion(name, known));
            }
        }
        names.stream().filter(known::contains).forEach(logged::remove);
        return !unknown.isEmpty();
    }

    static String suggestion(StreamName name, Set<StreamName> known) {
        List<String> names = known.stream().sorted().map(StreamName::raw).toList();
        return NameSuggestion.among(name.raw(), names)
                .map(meant -> " (did you mean " + new StreamName(meant) + "?)")
                .orElse("");
    }

    private void warnOfSharedSlugs(List<StreamList.Stream> streams) {
        Map<String, List<StreamName>> bySlug =
                streams.stream().map(StreamList.Stream::name).collect(Collectors.groupingBy(StreamName::slug));
        if (!sharedSlugLogged && bySlug.size() < streams.size()) {
            sharedSlugLogged = true;
            bySlug.values().stream()
                    .filter(names -> names.size() > 1)
                    .forEach(names -> LOG.warn(
                            "The streams {} share the topic .../detections/{}; the field \"stream\" tells them apart",
                            names,
                            names.get(0).slug()));
        }
    }
}
