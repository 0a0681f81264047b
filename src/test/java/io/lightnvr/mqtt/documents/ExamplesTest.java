package io.lightnvr.mqtt.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.lightnvr.mqtt.documents.Document.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people copy out of the pages: all of it is known, and what a test does not run can be read as what it is. */
class ExamplesTest {

    private static final String WHAT_TO_DO =
            " is known to no test. It is neither a configuration that the bridge takes, nor commands of"
                    + " this project alone, nor a drawing with arrows (Proof). So give it a constant in Example, and use that in a test"
                    + " that runs it or holds it against the program.";

    @TempDir
    private Path folder;

    @Test
    void areKnownOneByOne() {
        assertThat(codes().filter(code -> !isExample(code) && !Proof.isFoundFor(code)))
                .map(code -> code + WHAT_TO_DO)
                .isEmpty();
    }

    @Test
    void areThereForEachConstant() {
        assertThat(Example.values())
                .allSatisfy(example -> assertThat(example.text()).isNotBlank());
    }

    @Test
    void areRunByATest() {
        assertThat(unused(Example.class)).isEmpty();
    }

    @Test
    void areFilesThatATestRuns() {
        assertThat(unused(RecipeFile.class)).isEmpty();
    }

    @Test
    void areAllFilesOfTheRecipes() throws IOException {
        List<String> copied = Arrays.stream(Example.values()).map(Example::text).toList();
        List<String> known =
                Arrays.stream(RecipeFile.values()).map(RecipeFile::file).toList();
        try (Stream<Path> files = Files.walk(Document.PROJECT.resolve(RecipeFile.FOLDER))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> Document.PROJECT.relativize(file).toString())
                            .filter(file -> !file.matches(".*\\.(png|md)"))
                            .filter(file -> copied.stream().noneMatch(text -> text.contains(file + " "))))
                    .as(
                            "Each is either put in its place by the steps of a page, or a constant in RecipeFile that a test uses.")
                    .containsExactlyInAnyOrderElementsOf(known);
        }
    }

    @ParameterizedTest
    @MethodSource("shell")
    void areShellThatCanBeRead(Code code) throws Exception {
        Path script = Files.writeString(folder.resolve("code.sh"), code.text());
        Process bash = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes())).isEmpty();
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void callTheProgramAsItCanBeCalled() {
        List<String[]> calls = Stream.concat(
                        shell().map(Code::text), Document.pages().stream().flatMap(page -> page.spans().stream()))
                .flatMap(Commands::calls)
                .toList();

        assertThat(calls).hasSizeGreaterThan(10);
        assertThat(calls.stream().filter(call -> !Proof.canBeCalled(call)).map(Arrays::toString))
                .isEmpty();
    }

    @Test
    void showAnEventThatIsWholeJson() throws IOException {
        String shown = Example.DETECTION.text();

        assertThat(new ObjectMapper().readTree(shown)).hasToString(shown.strip());
    }

    /** The page's addresses are relative and its port is that of the configuration beside it. */
    @Test
    void showAProxyThatPassesOnWhatThePageNeeds() {
        assertThat(Example.PROXY.text().lines().map(String::strip))
                .startsWith("location /cameras/ {")
                .contains(
                        "proxy_pass http://127.0.0.1:8099/;",
                        "proxy_set_header Host $http_host;",
                        "proxy_http_version 1.1;",
                        "proxy_buffering off;")
                .endsWith("}");
    }

    @Test
    void areTheScriptsOfTheRecordersDocumentationUnchanged() {
        Document theirs = Document.ofTheRecorder();

        assertThat(RecipeFile.DOCUMENTED_LISTEN.text()).isEqualTo(theirs.code("### Python Script", "python"));
        assertThat(RecipeFile.DOCUMENTED_ALERT.text())
                .isEqualTo(theirs.code("### Shell Script (Simple Alerting)", "bash"));
    }

    /** The constants that no compiled test uses. */
    private static List<String> unused(Class<? extends Enum<?>> constants) {
        JavaClass type = new ClassFileImporter()
                .importPath(Document.PROJECT.resolve("target/test-classes"))
                .get(constants);
        return Arrays.stream(constants.getEnumConstants())
                .map(Enum::name)
                .filter(name -> type.getField(name).getAccessesToSelf().stream()
                        .allMatch(access -> access.getOriginOwner().equals(type)))
                .map(name -> constants.getSimpleName() + "." + name + " is used by no test: run it, or take it out.")
                .toList();
    }

    private static boolean isExample(Code code) {
        return Arrays.stream(Example.values()).anyMatch(example -> example.is(code));
    }

    static Stream<Code> shell() {
        return codes().filter(code -> code.language().equals("sh"));
    }

    private static Stream<Code> codes() {
        return Document.pages().stream().flatMap(page -> page.codes().stream());
    }
}
