package io.lightnvr.mqtt.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.documents.Document;
import io.lightnvr.mqtt.documents.RecipeFile;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The project's address stands in {@code pom.xml}; wherever else it is needed, it is the same. */
class AddressTest {

    private static final Pattern IN_POM = Pattern.compile("\n  <url>(https://github\\.com/([\\w-]+)/([\\w.-]+))</url>");
    private static final String OTHER = "https://github.com/Somebody-Else/bridge.mqtt";

    private static final String MY = "https://my.home-assistant.io/redirect/";

    @TempDir
    private Path folder;

    @Test
    void isTheSameWhereSomebodyIsSentToIt() throws IOException {
        String address = address(Path.of(""));

        assertThat(AddonFiles.manifest().path("url").asText()).isEqualTo(address);
        assertThat(AddonFiles.yaml(Path.of("repository.yaml")).path("url").asText())
                .isEqualTo(address);
        assertThat(AddonFiles.text("pom.xml"))
                .contains("<scm>\n    <url>" + address + "</url>\n    <connection>scm:git:" + address + ".git<");
        assertThat(AddonFiles.text("Dockerfile"))
                .contains("image.url=\"" + address + "\"", "image.source=\"" + address + "\"");
        assertThat(AddonFiles.text("addon/lightnvr-mqtt.service")).contains("\nDocumentation=" + address + "\n");
        assertThat(announced().at("/origin/support_url").asText()).isEqualTo(address);
    }

    @Test
    void isBehindTheButtonThatAddsTheRepository() {
        String link = MY + "supervisor_add_addon_repository/?repository_url=" + encoded(address(Path.of("")));

        assertThat(Document.of("DOCS.md").links()).contains(link);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLUEPRINT_.*")
    void isBehindTheButtonThatImportsABlueprint(RecipeFile blueprint) {
        String file = address(Path.of("")) + "/blob/main/" + blueprint.file();

        assertThat(Document.of("docs/recipes/home-assistant.md").links())
                .contains(MY + "blueprint_import/?blueprint_url=" + encoded(file));
    }

    @Test
    void isNowhereThatOfAnother() throws IOException {
        assertThat(others(Path.of(""))).isEmpty();
    }

    @Test
    void movesWithOneCommand() throws Exception {
        copy();

        assertThat(run(".ci/address", "move", OTHER)).isEmpty();

        assertThat(run(".ci/address")).isEqualTo(OTHER + "\n");
        assertThat(run(".ci/address", "image")).isEqualTo("ghcr.io/somebody-else/bridge.mqtt\n");
        assertThat(texts(folder)).noneMatch(text -> text.contains(address(Path.of(""))));
        assertThat(others(folder)).isEmpty();
        assertThat(Files.readString(folder.resolve("README.md"))).contains("https://github.com/opensensor/lightNVR)");
    }

    /** What the golden files of this version say, which are held against what is announced. */
    private static JsonNode announced() throws IOException {
        String version = AddonFiles.manifest().path("version").asText();
        return new ObjectMapper()
                .readTree(Path.of("src/test/resources/io/lightnvr/mqtt/discovery", version, "bridge.json")
                        .toFile());
    }

    private static String address(Path project) {
        return inPom(project).group(1);
    }

    private static String encoded(String address) {
        return URLEncoder.encode(address, StandardCharsets.UTF_8);
    }

    private static Matcher inPom(Path project) {
        try {
            Matcher matcher = IN_POM.matcher(Files.readString(project.resolve("pom.xml")));
            assertThat(matcher.find()).as("pom.xml has the project's <url>").isTrue();
            return matcher;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Each mention of the repository or of its image that names another owner. */
    private static List<String> others(Path project) throws IOException {
        Matcher address = inPom(project);
        String owner = address.group(2);
        String name = address.group(3);
        Pattern repository = Pattern.compile("(github\\.com)[/:]([\\w-]+)/" + Pattern.quote(name)
                + "\\b|(ghcr\\.io)/([\\w-]+)/" + Pattern.quote(name.toLowerCase(Locale.ROOT)) + "\\b");
        List<String> others = new ArrayList<>();
        for (String text : texts(project)) {
            repository.matcher(text).results().forEach(found -> {
                boolean own = found.group(1) != null
                        ? found.group(2).equals(owner)
                        : found.group(4).equals(owner.toLowerCase(Locale.ROOT));
                if (!own) {
                    others.add(found.group());
                }
            });
        }
        return others;
    }

    /** All files that people and machines read, with addresses within addresses spelt out. */
    private static List<String> texts(Path project) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : files(project)) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            texts.add(
                    text.contains("%2F")
                            ? URLDecoder.decode(text.replaceAll("%(?!2F|3A)|\\+", " "), StandardCharsets.UTF_8)
                            : text);
        }
        return texts;
    }

    private static List<Path> files(Path project) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String top : List.of(".ci", ".github", "addon", "docs", "src/main", "translations")) {
            files.addAll(AddonFiles.files(project.resolve(top)));
        }
        try (Stream<Path> root = Files.list(project.toAbsolutePath())) {
            root.filter(Files::isRegularFile).forEach(files::add);
        }
        return files.stream().filter(file -> !file.toString().endsWith(".png")).toList();
    }

    private void copy() throws IOException {
        Path project = Path.of("").toAbsolutePath();
        for (Path file : files(project)) {
            Path copy = folder.resolve(project.relativize(file.toAbsolutePath()));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
