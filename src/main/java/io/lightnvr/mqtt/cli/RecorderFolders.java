package io.lightnvr.mqtt.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.KnownRecorders;
import io.lightnvr.mqtt.config.LoadedConfiguration;
import io.lightnvr.mqtt.config.RecorderEntry;
import io.lightnvr.mqtt.json.JsonTree;
import io.lightnvr.mqtt.store.FileRights;
import io.lightnvr.mqtt.store.SqliteStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where each recorder has its files: the main one in the data folder itself, the others in {@code recorders/NAME} below it. Where
 * there are several, a file {@code recorder.json} beside each store says whose it is and where it has published, so that this can be
 * taken back when its entry is gone.
 *
 * @param data the data folder
 */
record RecorderFolders(Path data) {

    private static final String OTHERS = "recorders";
    private static final String OWNER = "recorder.json";
    static final String TOPIC_PREFIX = "mqtt.topic_prefix";
    static final String INSTANCE_ID = "home_assistant.instance_id";
    private static final String CLIENT_ID = "mqtt.client_id";
    private static final List<String> OPTIONS = List.of(TOPIC_PREFIX, CLIENT_ID, INSTANCE_ID);
    private static final String USABLE = "[a-z0-9_]+";

    /**
     * Files whose recorder has no entry any more.
     *
     * @param isMain whether they lie in the data folder itself
     * @param options where it has published, by the keys of the configuration
     */
    record Left(String name, Path folder, boolean isMain, Map<String, String> options) {}

    /** The folder of a recorder's store. */
    Path of(RecorderEntry recorder) {
        return recorder.isMain() ? data : data.resolve(OTHERS).resolve(recorder.name());
    }

    /** What the folder tells of recorders that were there before. */
    KnownRecorders known() {
        return new KnownRecorders(owner(data).map(json -> json.path("name").asText()), names());
    }

    private Set<String> names() {
        try (Stream<Path> folders = Files.list(data.resolve(OTHERS))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches(USABLE))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            return Set.of();
        }
    }

    private static Optional<JsonNode> owner(Path folder) {
        try {
            return Optional.of(JsonTree.read(Files.readAllBytes(folder.resolve(OWNER))))
                    .filter(json -> json.path("name").asText().matches(USABLE));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whose a recorder's folder is: a main one without a name is still that which had one, so that this may come back. */
    private String owner(RecorderEntry recorder) {
        return recorder.isMain() && recorder.name().equals(Configuration.Nvr.UNNAMED)
                ? known().main().orElse(recorder.name())
                : recorder.name();
    }

    /**
     * Makes the folder of a recorder, and notes whose it is. A single recorder that was never one of several has no such note.
     *
     * @return the folder
     */
    Path prepare(RecorderEntry recorder, Configuration configuration, boolean isAmongSeveral) {
        Path folder = of(recorder);
        Path file = folder.resolve(OWNER);
        try {
            if (!recorder.isMain()) {
                Files.createDirectories(folder);
            }
            if (isAmongSeveral || Files.exists(file)) {
                Map<String, String> options = Map.of(
                        "name",
                        owner(recorder),
                        TOPIC_PREFIX,
                        configuration.mqtt().topicPrefix(),
                        CLIENT_ID,
                        configuration.mqtt().clientId(),
                        INSTANCE_ID,
                        configuration.homeAssistant().instanceId());
                String text = JsonTree.text(JsonTree.of(new TreeMap<>(options))) + "\n";
                if (!Files.exists(file) || !Files.readString(file).equals(text)) {
                    FileRights.reserve(file);
                    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            log().warn("Cannot write {}: {}", file, e.toString());
        }
        return folder;
    }

    /** Those files whose recorder has no entry any more. */
    List<Left> left(LoadedConfiguration loaded) {
        Set<Path> used = loaded.recorders().stream().map(this::of).collect(Collectors.toSet());
        List<Left> left = new ArrayList<>();
        if (!used.contains(data)) {
            left(data, true).ifPresent(left::add);
        }
        names().stream()
                .map(name -> data.resolve(OTHERS).resolve(name))
                .filter(folder -> !used.contains(folder))
                .flatMap(folder -> left(folder, false).stream())
                .forEach(left::add);
        return left;
    }

    /** Nothing without a complete note, since nobody knows then what is to be taken back. */
    private static Optional<Left> left(Path folder, boolean isMain) {
        return owner(folder)
                .filter(json -> OPTIONS.stream().allMatch(json::hasNonNull))
                .map(json -> new Left(
                        json.path("name").asText(),
                        folder,
                        isMain,
                        OPTIONS.stream()
                                .collect(Collectors.toMap(
                                        Function.identity(),
                                        option -> json.path(option).asText()))));
    }

    /** Deletes what a recorder has left, once nothing of it is published any more; nobody may use it. */
    static void delete(Left left) throws IOException {
        if (left.isMain()) {
            SqliteStore.delete(left.folder());
            FolderTree.delete(left.folder().resolve(PageOfBridge.HISTORY));
            Files.deleteIfExists(left.folder().resolve(OWNER));
        } else {
            FolderTree.delete(left.folder());
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(RecorderFolders.class);
    }
}
