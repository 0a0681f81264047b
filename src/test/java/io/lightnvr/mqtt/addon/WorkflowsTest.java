package io.lightnvr.mqtt.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.documents.Example;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What GitHub does with the project. The steps that publish run here as they stand, with a Docker that only writes down. */
class WorkflowsTest {

    private static final Pattern USES = Pattern.compile("(?m)^ *(?:- )?uses: *(.*)$");
    private static final Pattern PINNED = Pattern.compile("[\\w.-]+(/[\\w.-]+)+@[0-9a-f]{40}  # v\\d+\\.\\d+\\.\\d+");
    private static final Path PUBLISH = Path.of(".github/workflows/publish.yaml");
    private static final String DIGEST = "sha256:0123";

    private final JsonNode jobs = AddonFiles.yaml(PUBLISH).path("jobs");
    private final String version = AddonFiles.manifest().path("version").asText();

    @TempDir
    private Path folder;

    @BeforeEach
    void makeADockerThatWritesDown() throws Exception {
        Path docker = Files.createDirectory(folder.resolve("bin")).resolve("docker");
        Files.writeString(docker, """
                #!/bin/sh
                echo "docker $*" >> "$SAID"
                case "$*" in *inspect*) echo %s ;; esac
                """.formatted(DIGEST));
        assertThat(docker.toFile().setExecutable(true)).isTrue();
    }

    /** A tag can be moved by whoever has the action's repository; a commit cannot. */
    @Test
    void takeEachActionByItsCommitAndSayWhichVersionThatIs() {
        assertThat(uses())
                .hasSizeGreaterThan(5)
                .allSatisfy(use -> assertThat(use)
                        .as("uses: OWNER/NAME@ the 40 digits of the commit, two blanks, # vX.Y.Z")
                        .matches(PINNED));
    }

    @Test
    void nameOneCommitForEachAction() {
        Map<String, List<String>> commits =
                uses().distinct().collect(Collectors.groupingBy(use -> use.replaceFirst("@.*", "")));

        assertThat(commits.values()).allSatisfy(each -> assertThat(each).hasSize(1));
    }

    @Test
    void pushTheImageThatTheAddOnNamesForEachOfItsArchitectures() throws Exception {
        String image = publishedManifest().path("image").asText();
        JsonNode matrix = jobs.path("image").path("strategy").path("matrix").path("include");

        String said = "";
        for (JsonNode one : matrix) {
            said += run("image", Map.of("ARCH", one.path("arch").asText()));
        }
        said += run("together", Map.of());

        List<String> architectures = AddonFiles.manifest()
                .path("arch")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        assertThat(matrix.valueStream().map(one -> one.path("arch").asText()))
                .containsExactlyInAnyOrderElementsOf(architectures);
        for (String architecture : architectures) {
            assertThat(said)
                    .containsPattern(
                            "docker buildx build --push .*--build-arg BUILD_VERSION=%s --build-arg BUILD_ARCH=%s .*--tag %s:%s-%s \\."
                                    .formatted(version, architecture, image, version, architecture));
        }
        assertThat(said)
                .contains(
                        "docker buildx imagetools create --tag %1$s:%2$s --tag %1$s:latest %1$s:%2$s-amd64 %1$s:%2$s-aarch64"
                                .formatted(image, version));
        assertThat(Files.readString(folder.resolve("output"))).isEqualTo("name=" + image + "\ndigest=" + DIGEST + "\n");
    }

    @Test
    void signWhatTheyPushAndAddWhatIsInIt() {
        String together = jobs.path("together").toString();

        assertThat(jobs.path("image").toString()).contains("--provenance mode=max --sbom true");
        assertThat(together)
                .contains(
                        "cosign sign --yes --recursive",
                        "cosign attest --yes --type cyclonedx",
                        "actions/attest-build-provenance@")
                .contains("\"id-token\":\"write\"", "\"attestations\":\"write\"");
    }

    /** Whoever adds the repository today gets the add-on, built on the own machine. */
    @Test
    void leaveTheAddOnToBeBuiltWhereNoImageIsPublished() throws Exception {
        assertThat(AddonFiles.manifest().has("image")).isFalse();

        JsonNode published = publishedManifest();

        assertThat(published.path("image").asText())
                .isEqualTo(output(Path.of(""), ".ci/address", "image").strip());
        ((ObjectNode) published).remove("image");
        assertThat(published).isEqualTo(AddonFiles.manifest());
        assertThat(jobs.path("release").path("needs").asText()).isEqualTo("together");
        assertThat(jobs.path("release").toString()).contains(".ci/with-image", "HEAD:refs/heads/release");
    }

    /** What each step names as its action, with the comment behind it. */
    private static Stream<String> uses() {
        return AddonFiles.files(Path.of(".github")).stream()
                .filter(file -> file.toString().matches(".*\\.ya?ml"))
                .flatMap(file -> USES.matcher(AddonFiles.text(file.toString())).results())
                .map(use -> use.group(1))
                .filter(use -> !use.startsWith("./"));
    }

    /** The page tells how to hold an image against its signature: by the identity that GitHub gives this workflow. */
    @Test
    void signAsThePageSays() throws Exception {
        String address = output(Path.of(""), ".ci/address").strip();
        String image = output(Path.of(""), ".ci/address", "image").strip();
        String shown = Example.VERIFY_AN_IMAGE.text();

        Matcher identity = Pattern.compile("identity-regexp '(.*)'").matcher(shown);
        assertThat(identity.find()).isTrue();
        assertThat(address + "/" + PUBLISH + "@refs/tags/v" + version).containsPattern(identity.group(1));
        assertThat(shown)
                .startsWith("cosign verify " + image + ":latest ")
                .contains("gh attestation verify oci://" + image + ":latest --repo "
                        + address.replace("https://github.com/", "") + "\n");
    }

    /** The manifest as the branch of the published versions has it. */
    private JsonNode publishedManifest() throws Exception {
        Path project = folder.resolve("project");
        for (String file : List.of("config.yaml", "pom.xml", ".ci/address", ".ci/with-image")) {
            Files.createDirectories(project.resolve(file).getParent());
            Files.copy(Path.of(file), project.resolve(file));
        }
        output(project, ".ci/with-image");
        return AddonFiles.yaml(project.resolve("config.yaml"));
    }

    /** Runs the steps of a job that only need Docker, and tells what Docker was asked. */
    private String run(String job, Map<String, String> environment) throws Exception {
        Path said = Files.writeString(folder.resolve("said"), "");
        List<String> steps = jobs.path(job)
                .path("steps")
                .valueStream()
                .map(step -> step.path("run").asText())
                .filter(step -> !step.contains("cosign"))
                .toList();
        for (String step : steps) {
            ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", step).redirectErrorStream(true);
            bash.environment().putAll(environment);
            bash.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
            bash.environment().put("SAID", said.toString());
            bash.environment().put("GITHUB_REF_NAME", "v" + version);
            bash.environment().put("GITHUB_SHA", "0123abcd");
            bash.environment().put("GITHUB_OUTPUT", folder.resolve("output").toString());
            printed(bash);
        }
        return Files.readString(said);
    }

    private static String output(Path where, String... command) throws Exception {
        return printed(new ProcessBuilder(command)
                .directory(where.toAbsolutePath().toFile())
                .redirectErrorStream(true));
    }

    private static String printed(ProcessBuilder command) throws Exception {
        Process process = command.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
