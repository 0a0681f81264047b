package io.lightnvr.mqtt.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What the Supervisor and its linter demand of the files that describe an add-on. */
class ManifestTest {

    /** Those keys that the Supervisor knows and we need; the linter rejects others. */
    private static final Set<String> KEYS = Set.of(
            "name",
            "version",
            "slug",
            "description",
            "url",
            "arch",
            "homeassistant",
            "services",
            "map",
            "ingress",
            "panel_icon",
            "panel_title",
            "tmpfs",
            "backup",
            "options",
            "schema");

    /** What holds without being said: the linter rejects it. */
    private static final Map<String, String> DEFAULTS =
            Map.of("ingress", "false", "panel_icon", "mdi:puzzle", "tmpfs", "false", "backup", "hot");

    /**
     * As in the Supervisor's {@code options.py}; without a range of texts, which the Supervisor takes here and then compares
     * with the text itself, so that no value is right.
     */
    private static final String ELEMENT = "(bool|email|url|port|str|password"
            + "|int(\\(-?\\d*,-?\\d*\\))?|float(\\(-?[\\d.]*,-?[\\d.]*\\))?|match\\(.*\\)|list\\(.+\\))\\??";

    private final JsonNode manifest = AddonFiles.manifest();

    @Test
    void hasWhatIsRequiredAndNothingThatIsNotKnown() {
        List<String> keys = names(manifest);

        assertThat(keys).contains("name", "version", "slug", "description", "arch");
        assertThat(KEYS).containsAll(keys);
        DEFAULTS.forEach((key, value) -> assertThat(manifest.path(key).asText()).isNotEqualTo(value));
        assertThat(manifest.path("slug").asText()).matches("[a-z0-9_]+");
        assertThat(texts(manifest.path("arch"))).containsExactly("aarch64", "amd64");
        assertThat(texts(manifest.path("services"))).containsExactly("mqtt:want");
    }

    @Test
    void hasTheVersionOfTheProgramAndOfTheNewestChange() {
        String version = manifest.path("version").asText();

        assertThat(AddonFiles.text("pom.xml"))
                .contains("<artifactId>lightnvr-mqtt</artifactId>\n  <version>" + version + "</version>");
        assertThat(AddonFiles.text("CHANGELOG.md").lines().filter(line -> line.startsWith("## ")))
                .first()
                .isEqualTo("## " + version);
    }

    @Test
    void saysTheTypeOfEachOptionAsTheSupervisorReadsIt() {
        AddonFiles.leaves(manifest.path("schema")).forEach((key, type) -> {
            String element = type.isArray() ? type.get(0).asText() : type.asText();
            assertThat(element).as(key).matches(ELEMENT);
        });
    }

    @Test
    void givesADefaultToTheOptionsThatAreNotOptionalAndToNoOthers() {
        Map<String, JsonNode> schema = AddonFiles.leaves(manifest.path("schema"));

        assertThat(AddonFiles.leaves(manifest.path("options")).keySet())
                .containsExactlyElementsOf(schema.keySet().stream()
                        .filter(key -> !schema.get(key).toString().matches(".*\\?[\"\\]]+"))
                        .map(key -> key.replaceFirst("\\[].*", ""))
                        .distinct()
                        .toList());
    }

    @Test
    void givesEachGroupADefaultBecauseAGroupCannotBeOptional() {
        JsonNode schema = manifest.path("schema");
        List<String> groups = names(schema).stream()
                .filter(name -> schema.path(name).isObject()
                        || schema.path(name).path(0).isObject())
                .toList();

        assertThat(names(manifest.path("options"))).containsExactlyElementsOf(groups);
    }

    /**
     * The Supervisor takes each such file anywhere in the tree for an add-on, a repository or a way to build one; only for add-ons
     * it passes over folders with a dot, in which GitHub wants a {@code config.yml} of its own.
     */
    @Test
    void isTheOnlyFileOfItsKind() {
        List<Path> tree = AddonFiles.files(Path.of(""));

        assertThat(tree.stream()
                        .filter(file ->
                                file.getFileName().toString().matches("(config|build|repository)\\.(ya?ml|json)"))
                        .filter(file -> !file.startsWith("target") && !file.startsWith(".git/"))
                        .filter(file -> !file.equals(Path.of(".github/ISSUE_TEMPLATE/config.yml"))))
                .containsExactlyInAnyOrder(Path.of("config.yaml"), Path.of("repository.yaml"));
        assertThat(names(AddonFiles.yaml(Path.of("repository.yaml")))).containsExactly("name", "url", "maintainer");
    }

    @Test
    void hasPicturesOfTheSizesThatTheStoreShows() throws IOException {
        BufferedImage icon = ImageIO.read(new File("icon.png"));
        BufferedImage logo = ImageIO.read(new File("logo.png"));

        assertThat(List.of(icon.getWidth(), icon.getHeight())).containsExactly(128, 128);
        assertThat(List.of(logo.getWidth(), logo.getHeight())).containsExactly(250, 100);
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }
}
