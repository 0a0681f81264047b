package io.lightnvr.mqtt.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.documents.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of licences, and the texts that go into the jar and the image. */
class LicencesTest {

    private static final Pattern LIBRARY = Pattern.compile("(?m)^ +([\\w.-]+:[\\w.-]+):jar:");
    private static final Pattern DOWNLOAD = Pattern.compile("apt-get download -q ((?:[\\w.+-]+ )+)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void standOnThePageForEachLibraryOfTheJar() {
        Set<String> libraries = LIBRARY.matcher(AddonFiles.text("target/libraries.txt"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(rows("## In the jar").keySet())
                .as("docs/licences.md has a row for each library that the jar holds, and for no other")
                .containsExactlyInAnyOrderElementsOf(libraries);
    }

    @Test
    void areInTheJarByTheirText() {
        rows("## In the jar")
                .forEach((library, texts) -> assertThat(texts)
                        .as(library)
                        .isNotEmpty()
                        .allSatisfy(text -> assertThat(resource("META-INF/" + text))
                                .as(text)
                                .isNotEmpty()));
    }

    /** Texts that the jar would not keep, since each library calls its own by the same name. */
    @ParameterizedTest
    @CsvSource({
        "MIT-slf4j.txt, META-INF/LICENSE.txt",
        "BSD-2-Clause-zentus.txt, META-INF/maven/org.xerial/sqlite-jdbc/LICENSE.zentus",
    })
    void areThoseOfTheLibrary(String ours, String theirs) {
        assertThat(resource(theirs))
                .contains(resource("META-INF/licences/" + ours).get(0));
    }

    @Test
    void standOnThePageForTheImage() {
        String image = Document.of("docs/licences.md").section("## In the image besides");

        assertThat(AddonFiles.text("Dockerfile"))
                .contains(
                        "BUILD_FROM=debian:trixie-slim\n",
                        " openjdk-25-jdk-headless ",
                        "--output /opt/lightnvr-mqtt/jre ")
                .contains("-d /opt/lightnvr-mqtt/licences\n");
        assertThat(image)
                .contains(
                        "`openjdk-25`", "`ca-certificates`", "`debian:trixie-slim`", "`/opt/lightnvr-mqtt/jre/legal`");
        assertThat(packages()).allSatisfy(name -> assertThat(image).contains("`" + name + "`"));
    }

    /** Debian's packages in the image. */
    private static List<String> packages() {
        Matcher download = DOWNLOAD.matcher(AddonFiles.text("Dockerfile"));
        assertThat(download.find()).isTrue();
        return List.of(download.group(1).split(" "));
    }

    /** The names of texts in the last column, by the name in the first. */
    private static Map<String, List<String>> rows(String heading) {
        Map<String, List<String>> rows = new TreeMap<>();
        Document.of("docs/licences.md")
                .section(heading)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .forEach(cells -> rows.put(codes(cells[1]).get(0), codes(cells[cells.length - 1])));
        return rows;
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
    }

    /** All texts of a name on the class path, with the line ends of this system. */
    private static List<String> resource(String name) {
        return LicencesTest.class
                .getClassLoader()
                .resources(name)
                .map(LicencesTest::text)
                .toList();
    }

    private static String text(URL url) {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
