package io.lightnvr.mqtt.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes a configuration for each of several recorders, out of what they share and what each has of its own. What is wrong with one
 * alone keeps that one from starting; what is wrong with all, or between two, is refused as a whole.
 */
final class RecorderList {

    private static final String TOPIC_PREFIX = "mqtt.topic_prefix";
    private static final String INSTANCE_ID = "home_assistant.instance_id";
    private static final String EVENTS_PREFIX = "nvr.topic_prefix";
    private static final String CLIENT_ID = "mqtt.client_id";
    private static final String URL = "nvr.url";
    private static final String NAME = "nvr.name";

    /** What the main one has as a single one would, and others of their own. */
    private static final Set<String> OF_THE_MAIN = Set.of(TOPIC_PREFIX, INSTANCE_ID);

    private final ConfigurationBuilder base;
    private final List<Entry> listed;
    private final Path folder;
    private final ConfigurationBuilder.Attempt shared;
    private final List<Problem> problems;
    private final List<String> names = new ArrayList<>();

    /** An entry of the list as the user wrote it, its options by their names there. */
    record Entry(String place, Map<String, Node> options) {}

    /**
     * @param base all options outside the list
     * @param read the problems that were found with these
     */
    RecorderList(ConfigurationBuilder base, List<Entry> listed, List<Problem> read, Path folder) {
        this.base = base;
        this.listed = listed;
        this.folder = folder;
        this.shared = base.copy(
                        RecorderOption.SINGLE, option -> !option.section().equals(RecorderOption.SINGLE))
                .attempt(folder);
        this.problems = new ArrayList<>(read);
    }

    /** @throws ConfigurationException if nothing can run like that, with all problems */
    LoadedConfiguration build(KnownRecorders known) throws ConfigurationException {
        boolean hasSingle = base.has(URL);
        if (!hasSingle && base.hasAnyIn(RecorderOption.SINGLE)) {
            problems.add(Problem.of(
                    URL, "is missing, and other options of nvr are set", "set it, or remove all options of nvr"));
        }
        List<Entry> entries = new ArrayList<>(listed);
        if (hasSingle) {
            entries.add(0, new Entry(RecorderOption.SINGLE, Map.of()));
        }
        entries.forEach(this::readName);
        OptionalInt main = known.mainOf(names);
        List<RecorderEntry> recorders = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>(shared.notes());
        for (int i = 0; i < entries.size(); i++) {
            recorders.add(recorder(entries.get(i), names.get(i), main.orElse(-1) == i, notes));
        }
        if (hasSingle) {
            problems.removeAll(recorders.get(0).problems());
        }
        if (problems.isEmpty()) {
            checkApart(recorders);
        }
        List<RecorderEntry> usable = recorders.stream()
                .filter(one -> one.configuration().isPresent())
                .toList();
        if (!problems.isEmpty() || usable.isEmpty()) {
            recorders.forEach(one -> problems.addAll(one.problems()));
            throw new ConfigurationException(problems.stream().distinct().toList());
        }
        return new LoadedConfiguration(usable.get(0).configuration().get(), recorders, List.copyOf(notes));
    }

    /** An entry without a usable name cannot be told from others, so that none may start. */
    private void readName(Entry entry) {
        ConfigurationBuilder named = builder(entry, true);
        String key = RecorderOption.spelled(entry.place(), NAME);
        if (!named.has(NAME) && !entry.place().equals(RecorderOption.SINGLE)) {
            problems.add(Problem.of(key, "is missing", "give each recorder a name, such as barn"));
        }
        String name = named.nameOr(entry.place().replaceAll("\\W", ""), problems::add);
        int other = names.indexOf(name);
        if (other >= 0) {
            problems.add(new Problem(key, name, "is the name of another recorder too", "give each its own"));
        }
        names.add(name);
    }

    private RecorderEntry recorder(Entry entry, String name, boolean isMain, Set<String> notes) {
        ConfigurationBuilder builder = builder(entry, isMain);
        if (!builder.has(URL)) {
            builder.problem(Problem.of(
                    RecorderOption.spelled(entry.place(), URL),
                    "is missing",
                    "set it to the recorder's address, such as http://192.168.1.20:8080"));
        }
        if (!isMain) {
            shared.configuration().ifPresent(common -> setApart(builder, name, common));
        }
        ConfigurationBuilder.Attempt own = builder.attempt(folder);
        List<Problem> alone = new ArrayList<>(own.problems());
        alone.removeAll(shared.problems());
        notes.addAll(own.notes());
        Optional<Configuration> configuration = own.configuration();
        if (configuration.isEmpty() && alone.isEmpty()) {
            alone.addAll(shared.problems());
        }
        return new RecorderEntry(name, entry.place(), isMain, configuration, alone);
    }

    private ConfigurationBuilder builder(Entry entry, boolean isMain) {
        boolean isSingle = entry.place().equals(RecorderOption.SINGLE);
        ConfigurationBuilder builder = base.copy(
                entry.place(),
                option -> (isSingle || !option.section().equals(RecorderOption.SINGLE))
                        && (isMain || !OF_THE_MAIN.contains(option.key())));
        entry.options().forEach((name, node) -> {
            String key = entry.place() + "." + name;
            RecorderOption.find(name)
                    .ifPresentOrElse(
                            option -> builder.put(option.key(), key, node),
                            () -> builder.problemOfMany(() -> Problem.of(
                                    entry.place() + "." + KeySuggestions.shown(name),
                                    "is not an option",
                                    KeySuggestions.adviceInRecorder(entry.place(), name))));
        });
        return builder;
    }

    /** What others need of their own beside the main one. */
    private static void setApart(ConfigurationBuilder builder, String name, Configuration common) {
        Map<String, String> own = new HashMap<>();
        own.put(TOPIC_PREFIX, common.mqtt().topicPrefix() + "_" + name);
        own.put(INSTANCE_ID, common.homeAssistant().instanceId() + "_" + name);
        own.put(EVENTS_PREFIX, Option.of(EVENTS_PREFIX).defaultValue().orElseThrow() + "_" + name);
        own.forEach((option, text) -> {
            if (!builder.has(option)) {
                builder.put(option, option, new Node.Scalar(text));
            }
        });
        builder.put(CLIENT_ID, CLIENT_ID, new Node.Scalar(common.mqtt().clientId() + "-" + name));
    }

    private void checkApart(List<RecorderEntry> recorders) {
        for (int i = 0; i < recorders.size(); i++) {
            for (int j = 0; j < i; j++) {
                checkApart(recorders.get(j), recorders.get(i));
            }
        }
    }

    private void checkApart(RecorderEntry one, RecorderEntry other) {
        if (one.configuration().isEmpty() || other.configuration().isEmpty()) {
            return;
        }
        Configuration first = one.configuration().get();
        Configuration second = other.configuration().get();
        String who = "that of " + one.name() + " (" + one.place() + ")";
        String prefix = second.mqtt().topicPrefix();
        if (overlap(first.mqtt().topicPrefix(), prefix)) {
            clash(other, TOPIC_PREFIX, prefix, "is equal to " + who + ", or one of them is below the other");
        }
        String instance = second.homeAssistant().instanceId();
        if (first.homeAssistant().instanceId().equals(instance)) {
            clash(other, INSTANCE_ID, instance, "is " + who + " too");
        }
        Configuration.Nvr heard = second.nvr().orElseThrow();
        Configuration.Nvr before = first.nvr().orElseThrow();
        if (before.eventsBroker().equals(heard.eventsBroker())
                && before.topicPrefix().equals(heard.topicPrefix())) {
            clash(
                    other,
                    EVENTS_PREFIX,
                    heard.topicPrefix(),
                    "is " + who + " too, so that one would be taken for the other");
        }
    }

    private void clash(RecorderEntry recorder, String option, String value, String rule) {
        problems.add(new Problem(
                RecorderOption.spelled(recorder.place(), option),
                value,
                rule,
                "give " + recorder.name() + " another one"));
    }

    private static boolean overlap(String one, String other) {
        return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
    }
}
