package io.lightnvr.mqtt.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the pages lead. */
class LinksTest {

    private static final int CLICKS = 2;
    private static final Pattern ON_GITHUB = Pattern.compile("https://github\\.com/[^/]+/[^/]+/blob/main/([\\w./#-]+)");

    /** README.md, DOCS.md and CHANGELOG.md are read inside Home Assistant too, where a relative link leads nowhere. */
    private static final Pattern OWN_ADDRESS = Pattern.compile(
            "https://(?:github\\.com/opensensor/lightnvr-mqtt/blob|raw\\.githubusercontent\\.com/opensensor/lightnvr-mqtt)/main/");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "DOCS.md", "CHANGELOG.md"})
    void leadOutOfHomeAssistantByTheirWholeAddress(String name) {
        assertThat(Document.of(name).links())
                .isNotEmpty()
                .allMatch(link -> link.startsWith("https:") || link.startsWith("http:") || link.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("io.lightnvr.mqtt.documents.Document#pages")
    void leadToWhatIsThere(Document page) {
        assertThat(page.links().stream().filter(LinksTest::isOwn).filter(link -> !isThere(page, link)))
                .as(page + " links to a file or heading that is not there")
                .isEmpty();
        assertThat(page.openReferences())
                .as(page + " has no line [name]: for these")
                .isEmpty();
    }

    /** The forms name pages by the project's address, since GitHub shows them elsewhere. */
    @Test
    void leadFromTheFormsToWhatIsThere() throws IOException {
        Document readme = Document.of("README.md");
        List<String> links = new ArrayList<>();
        try (Stream<Path> forms = Files.walk(Document.PROJECT.resolve(".github"))) {
            for (Path form : forms.filter(Files::isRegularFile).toList()) {
                ON_GITHUB.matcher(Files.readString(form)).results().forEach(link -> links.add(link.group(1)));
            }
        }

        assertThat(links).isNotEmpty().allMatch(link -> isThere(readme, link));
    }

    @Test
    void leadFromTheReadmeToEachPageInTwoClicks() {
        Set<String> all = Document.pages().stream().map(Document::name).collect(Collectors.toSet());
        Set<String> reached = new TreeSet<>(Set.of("README.md"));

        for (int click = 0; click < CLICKS; click++) {
            reached.addAll(List.copyOf(reached).stream()
                    .flatMap(name -> linked(Document.of(name)))
                    .toList());
        }

        assertThat(reached)
                .as("Link the others from README.md or from a page that it links")
                .containsAll(all);
    }

    /** Files of the project that stand in the sentences, such as {@code addon/draw-icons}. */
    @ParameterizedTest
    @MethodSource("io.lightnvr.mqtt.documents.Document#pages")
    void areNoNeedForFilesThatAreNamed(Document page) {
        assertThat(page.spans().stream()
                        .filter(span -> span.matches("(\\.ci|\\.github|addon|docs|src|translations)/[\\w./-]+"))
                        .filter(span -> !Files.exists(Document.PROJECT.resolve(span))))
                .as(page + " names a file that is not there")
                .isEmpty();
    }

    private static Stream<String> linked(Document page) {
        return page.links().stream()
                .filter(link -> isOwn(link) && !link.startsWith("#"))
                .map(link -> target(page, link))
                .filter(name -> name.endsWith(".md"));
    }

    private static boolean isOwn(String link) {
        return !link.matches("[a-z]+:.*") || OWN_ADDRESS.matcher(link).lookingAt();
    }

    private static boolean isThere(Document page, String link) {
        String name = link.startsWith("#") ? page.name() : target(page, link);
        if (!Files.exists(Document.PROJECT.resolve(name))) {
            return false;
        }
        int hash = link.indexOf('#');
        return hash < 0 || Document.of(name).anchors().contains(link.substring(hash + 1));
    }

    /** The file that a link of a page names, seen from the project's folder. */
    private static String target(Document page, String link) {
        String file = link.replaceFirst("#.*", "");
        Matcher address = OWN_ADDRESS.matcher(file);
        return address.lookingAt()
                ? file.substring(address.end())
                : Path.of(page.name()).resolveSibling(file).normalize().toString();
    }
}
