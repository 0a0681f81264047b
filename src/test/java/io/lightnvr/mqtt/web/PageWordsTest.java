package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page says, in each language. */
class PageWordsTest {

    private static final Path PAGE = Path.of("src/main/resources/io/lightnvr/mqtt/web");
    private static final Pattern VALUE = Pattern.compile("\\{\\w+}");
    private static final Pattern BEGUN = Pattern.compile("\\btext\\(`([^`$]+)\\$");
    private static final Pattern USED = Pattern.compile("data-(?:text|label)=\"([^\"]+)\"|\\btext\\('([^']+)'");

    @Test
    void areInTheLanguagesOfTheOptions() throws IOException {
        assertThat(languages()).isEqualTo(names(Path.of("translations"), ".yaml"));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void sayTheSameThingsWithTheSameValues(String language) throws IOException {
        assertThat(valuesByKey(language)).isEqualTo(valuesByKey("en"));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void areNeverBlank(String language) throws IOException {
        assertThat(words(language)).allSatisfy((key, words) -> assertThat(words).isNotBlank());
    }

    /** No typewriter's apostrophe; German alone sets an ellipsis apart, and French its colons and the like. */
    @ParameterizedTest
    @MethodSource("languages")
    void areSetAsTheLanguageSetsThem(String language) throws IOException {
        Pattern wrong = Pattern.compile("'" + (language.equals("de") ? "" : "|\\s…|\\.\\.\\.")
                + (language.equals("fr") ? "|[^\u00a0][:;?!]" : ""));

        assertThat(words(language).values())
                .noneMatch(words -> wrong.matcher(words).find());
    }

    @Test
    void areThereForAllThatThePageSays() throws IOException {
        Set<String> used = USED.matcher(page())
                .results()
                .map(key -> key.group(1) == null ? key.group(2) : key.group(1))
                .collect(Collectors.toSet());

        assertThat(used)
                .contains("live", "visits", "health")
                .isSubsetOf(words("en").keySet());
    }

    @Test
    void areAllSaidSomewhere() throws IOException {
        String page = page();
        Set<String> starts =
                BEGUN.matcher(page).results().map(key -> key.group(1)).collect(Collectors.toSet());

        assertThat(words("en").keySet()).allMatch(key -> {
            String base = key.replace(".hint", "");
            return page.contains("'" + base + "'")
                    || page.contains("\"" + base + "\"")
                    || starts.stream().anyMatch(key::startsWith);
        });
    }

    static Set<String> languages() throws IOException {
        return names(PAGE.resolve("lang"), ".json");
    }

    /** The files of the page, one after the other, without the words. */
    private static String page() throws IOException {
        StringBuilder page = new StringBuilder();
        for (Path file : files(PAGE)) {
            page.append(Files.readString(file));
        }
        return page.toString();
    }

    private static Map<String, Set<String>> valuesByKey(String language) throws IOException {
        Map<String, Set<String>> values = new TreeMap<>();
        words(language)
                .forEach((key, words) -> values.put(
                        key,
                        VALUE.matcher(words).results().map(MatchResult::group).collect(Collectors.toSet())));
        return values;
    }

    private static Map<String, String> words(String language) throws IOException {
        Map<String, String> words = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : new ObjectMapper()
                .readTree(PAGE.resolve("lang").resolve(language + ".json").toFile())
                .properties()) {
            words.put(entry.getKey(), entry.getValue().textValue());
        }
        return words;
    }

    private static Set<String> names(Path folder, String suffix) throws IOException {
        return files(folder).stream()
                .map(file -> file.getFileName().toString().replace(suffix, ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toSet());
        }
    }
}
