package io.lightnvr.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.it.Document;
import io.lightnvr.mqtt.it.Document.Code;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What people copy out of the documents; what runs for real is read out of them by the tests with real programs. */
class DocumentsTest {

    private static final Path RECIPES = Path.of("docs/recipes");

    /** How the program is called: as a jar, or by its name in the image. */
    private static final Pattern CALL =
            Pattern.compile("(?:lightnvr-mqtt\\.jar|[\" ]lightnvr-mqtt) ([a-z-]+[^#\n&|;)]*)");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^) ]+)\\)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("ownCode")
    void saysWhatItIsWrittenIn(Code code) {
        assertThat(code.language()).isIn("sh", "yaml", "json", "text");
    }

    @ParameterizedTest
    @MethodSource("shell")
    void isShellThatCanBeRead(Code code) throws Exception {
        Path script = Files.writeString(folder.resolve("code.sh"), code.text());
        Process bash = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes())).isEmpty();
        assertThat(bash.waitFor()).isZero();
    }

    @ParameterizedTest
    @MethodSource("shell")
    void callsTheProgramAsItCanBeCalled(Code code) {
        assertThat(calls(code)).allSatisfy(call -> {
            CommandLine.ParseResult parsed = Main.commandLine().parseArgs(call.split(" +"));
            assertThat(parsed.hasSubcommand()).isTrue();
        });
    }

    @Test
    void callsTheProgramInManyPlaces() {
        assertThat(shell().flatMap(code -> calls(code).stream()))
                .hasSizeGreaterThan(10)
                .anyMatch("check"::equals);
    }

    private static List<String> calls(Code code) {
        return CALL.matcher(code.text().replace("\\\n", " "))
                .results()
                .map(call -> call.group(1).strip())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void isAConfigurationThatIsTaken(Code code) throws Exception {
        Path file = Files.writeString(folder.resolve("lightnvr-mqtt.yaml"), code.text());

        assertThat(ConfigurationReader.read(file, Optional.empty()).notes()).isEmpty();
    }

    @Test
    void showsAnEventThatIsTheDocumentedOne() throws IOException {
        String shown = Document.readme().code("## Topics", "json");

        assertThat(new ObjectMapper().readTree(shown)).hasToString(shown.strip());
    }

    /** The headings stand in the tests by which each piece is run. */
    @ParameterizedTest
    @MethodSource("recipes")
    void isARecipeThatATestRuns(Code code) throws IOException {
        String read = "code(\"" + code.heading() + "\", \"" + code.language() + "\")";

        assertThat(sources(RECIPES.resolve(code.document()).toString())).anyMatch(source -> source.contains(read));
    }

    @Test
    void knowsEveryFileOfTheRecipesByATest() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(RECIPES)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*\\.(png|md)"))
                    .toList();
        }

        assertThat(files).hasSizeGreaterThan(15);
        for (Path file : files) {
            boolean inSteps = recipes().anyMatch(code -> code.text().contains(file + " "));
            assertThat(inSteps || !sources(nameInTests(file)).isEmpty())
                    .as(file + " is run by a test")
                    .isTrue();
        }
    }

    /** Flows without their ending, automations with their folder, all others by the name. */
    private static String nameInTests(Path file) {
        String name = file.getFileName().toString();
        if (file.startsWith(RECIPES.resolve("node-red"))) {
            return "\"" + name.replace(".json", "") + "\"";
        }
        return file.getParent().endsWith("automations") ? "\"automations/" + name + "\"" : name + "\"";
    }

    @ParameterizedTest
    @MethodSource("links")
    void linksToWhatIsThere(String link) {
        assertThat(Path.of(link)).exists();
    }

    @Test
    void holdsTheScriptsOfTheRecordersDocumentationUnchanged() throws IOException {
        Document theirs = Document.ofTheRecorder();

        assertThat(RECIPES.resolve("scripts").resolve("documented-listen.py"))
                .hasContent(theirs.code("### Python Script", "python"));
        assertThat(RECIPES.resolve("scripts").resolve("documented-alert.sh"))
                .hasContent(theirs.code("### Shell Script (Simple Alerting)", "bash"));
    }

    /** The files that links and pictures of all documents name, seen from the project's folder. */
    static Stream<String> links() {
        return Stream.concat(
                        Stream.of("README.md", "DOCS.md", "RATIONALE.md", "CHANGELOG.md", "docs/measured.md")
                                .map(Path::of),
                        pages())
                .flatMap(page -> LINK.matcher(text(page))
                        .results()
                        .map(link -> link.group(1))
                        .filter(link -> !link.matches("https?:.*|#.*"))
                        .map(link -> Path.of("").resolve(page).resolveSibling(link.replaceFirst("#.*", "")))
                        .map(file -> file.normalize().toString()))
                .distinct();
    }

    static Stream<Code> ownCode() {
        return Stream.of("README.md", "DOCS.md").flatMap(DocumentsTest::codes);
    }

    static Stream<Code> shell() {
        return Stream.concat(ownCode(), Stream.concat(codes("docs/measured.md"), recipes()))
                .filter(code -> code.language().equals("sh"));
    }

    static Stream<Code> configurations() {
        return ownCode().filter(code -> code.language().equals("yaml"));
    }

    static Stream<Code> recipes() {
        return pages().map(Object::toString).flatMap(DocumentsTest::codes);
    }

    private static Stream<Path> pages() {
        return Arrays.stream(RECIPES.toFile().listFiles((folder, name) -> name.endsWith(".md")))
                .map(File::toPath)
                .sorted();
    }

    private static Stream<Code> codes(String file) {
        return Document.of(Path.of(file)).codes().stream();
    }

    /** The tests that name a file. */
    private static List<String> sources(String name) throws IOException {
        try (Stream<Path> tests = Files.walk(Path.of("src/test/java"))) {
            return tests.filter(file -> file.toString().endsWith(".java"))
                    .map(DocumentsTest::text)
                    .filter(source -> source.contains(name))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
