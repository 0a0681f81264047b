package io.lightnvr.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.it.Document;
import io.lightnvr.mqtt.it.Document.Code;
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
        String shown = Document.of(Path.of("README.md")).code("## Topics", "json");

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
        try (Stream<Path> all = Files.walk(RECIPES, 2)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*\\.(png|md)"))
                    .toList();
        }

        for (Path file : files) {
            String stem = file.getFileName().toString().replaceFirst("\\..*", "");
            assertThat(sources(stem)).as(file.toString()).isNotEmpty();
        }
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
        return Arrays.stream(RECIPES.toFile().listFiles((folder, name) -> name.endsWith(".md")))
                .map(Object::toString)
                .sorted()
                .flatMap(DocumentsTest::codes);
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
