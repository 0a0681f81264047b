package io.lightnvr.mqtt.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A container of the add-on's image, which {@code .ci/test} has built. There is no Docker where the tests run: buildah runs it, with files of its own, in
 * the network and among the processes of this machine.
 */
final class AddonContainer implements AutoCloseable {

    private static final String IMAGE = "localhost/lightnvr-mqtt";

    /** Where no file system of the kernel lays layers over each other, each container is a copy of the image. */
    private static final Duration COPYING = Duration.ofMinutes(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestBed bed;
    private final String name;
    private final JsonNode image;
    private final Path data;

    private AddonContainer(TestBed bed, String name, JsonNode image) throws IOException {
        this.bed = bed;
        this.name = name;
        this.image = image;
        this.data = Files.createDirectory(bed.folder().resolve("data"));
    }

    /** Makes a container; it is not started yet. */
    static AddonContainer create(TestBed bed) {
        String name = buildah(bed, List.of("from", IMAGE)).get(0);
        String inspected = String.join("\n", buildah(bed, List.of("inspect", "--type", "image", IMAGE)));
        try {
            return bed.own(
                    new AddonContainer(bed, name, JSON.readTree(inspected).path("Docker")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what the Supervisor writes before it starts an add-on. */
    AddonContainer options(String json) {
        try {
            Files.writeString(data.resolve("options.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Starts it as Docker would. */
    Program start(Map<String, String> environment) {
        List<String> command = new ArrayList<>(texts("Entrypoint"));
        command.addAll(texts("Cmd"));
        return run(environment, command);
    }

    /** What is {@code /data} there. */
    Path data() {
        return data;
    }

    /** Runs a command in it, as {@code docker exec} would. */
    Program run(Map<String, String> environment, List<String> command) {
        List<String> whole =
                new ArrayList<>(List.of("buildah", "run", "--isolation", "chroot", "--volume", data + ":/data"));
        environment.forEach((key, value) -> whole.addAll(List.of("--env", key + "=" + value)));
        whole.addAll(List.of(name, "--"));
        whole.addAll(command);
        return bed.program(String.join(" ", command), Map.of(), whole);
    }

    /** Whether its own health check is content. */
    boolean isHealthy() {
        List<String> check = texts("Healthcheck", "Test");
        return run(Map.of(), List.of("sh", "-c", check.get(1))).exitStatus(Arrivals.PATIENCE) == 0;
    }

    /** The JVM that {@link #start} has started. */
    static ProcessHandle java(Program started) {
        return ProcessHandle.of(started.pid())
                .orElseThrow()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/bin/java"))
                .findFirst()
                .orElseThrow();
    }

    /** Its files, as this machine sees them. */
    Path files() {
        return Path.of(buildah(bed, List.of("mount", name)).get(0));
    }

    /** A setting of the image, such as {@code Labels}. */
    JsonNode setting(String key) {
        return image.path("config").path(key);
    }

    @Override
    public void close() {
        buildah(bed, List.of("rm", name));
    }

    private List<String> texts(String... path) {
        JsonNode node = image.path("config");
        for (String key : path) {
            node = node.path(key);
        }
        return node.valueStream().map(JsonNode::asText).toList();
    }

    private static List<String> buildah(TestBed bed, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("buildah"));
        command.addAll(arguments);
        Program program = bed.program("buildah " + arguments.get(0), Map.of(), command);
        if (program.exitStatus(COPYING) != 0) {
            throw new AssertionError(command + ", with the image that .ci/image builds: "
                    + program.errors().all());
        }
        return program.output().all();
    }
}
