package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeReaderTest {

    private static final String ADVICE =
            "; check the quotes, brackets, commas, colons and indentation there and just before";

    @Test
    void keepsTheTextOfNumbers() throws ConfigurationException {
        Node yaml = TreeReader.yaml("f", "{a: 0123, b: 1_000, c: 1.10, d: 0x1F, e: True, f: !!str 007}");
        Node json = TreeReader.json("f", "{\"a\": 1.10, \"b\": 1e2, \"c\": false}");

        assertThat(yaml)
                .isEqualTo(new Node.Mapping(Map.of(
                        "a", scalar("0123"),
                        "b", scalar("1_000"),
                        "c", scalar("1.10"),
                        "d", scalar("0x1F"),
                        "e", scalar("True"),
                        "f", scalar("007"))));
        assertThat(json)
                .isEqualTo(new Node.Mapping(Map.of("a", scalar("1.10"), "b", scalar("1e2"), "c", scalar("false"))));
    }

    @Test
    void tellsNothingFromText() throws ConfigurationException {
        Node root = TreeReader.yaml("f", "a:\nb: ~\nc: null\nd: 'null'\ne: \"\"\n");

        assertThat(root)
                .isEqualTo(new Node.Mapping(Map.of(
                        "a", new Node.Null(),
                        "b", new Node.Null(" at line 2, column 4"),
                        "c", new Node.Null(" at line 3, column 4"),
                        "d", scalar("null"),
                        "e", scalar(""))));
    }

    @Test
    void nestsListsAndSections() throws ConfigurationException {
        Node root = TreeReader.json("f", "{\"a\":[1,{\"b\":[]}]}");

        assertThat(root)
                .isEqualTo(new Node.Mapping(Map.of(
                        "a",
                        new Node.Sequence(
                                List.of(scalar("1"), new Node.Mapping(Map.of("b", new Node.Sequence(List.of()))))))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "---\n"})
    void findsNothingInAYamlFileWithoutContent(String text) throws ConfigurationException {
        assertThat(TreeReader.yaml("f", text)).isEqualTo(new Node.Null());
    }

    @Test
    void refusesAnEmptyJsonFile() {
        assertThat(problems(() -> TreeReader.json("options.json", " \n")))
                .containsExactly("options.json: is empty; write {} to use the defaults");
    }

    @Test
    void namesThePlaceInBrokenJsonAndNotItsText() {
        assertThat(problems(() -> TreeReader.json("o.json", "{\"mqtt\":\n {\"password\": hunter2}}")))
                .containsExactly("o.json: is not valid JSON at line 2, column 15" + ADVICE);
        assertThat(problems(() -> TreeReader.json("o.json", "{\"password\": \"hunter2")))
                .containsExactly("o.json: is not valid JSON at line 1, column 22" + ADVICE);
    }

    @Test
    void namesThePlaceInBrokenYamlAndNotItsText() {
        assertThat(problems(() -> TreeReader.yaml("o.yaml", "mqtt:\n  password: @hunter2")))
                .containsExactly("o.yaml: is not valid YAML at line 2, column 13" + ADVICE);
        assertThat(problems(() -> TreeReader.yaml("o.yaml", "? [hunter2]\n: b")))
                .containsExactly("o.yaml: is not valid YAML at line 1, column 4" + ADVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt:\n\tpassword: hunter2", "mqtt:\n \tqos: 1", "mqtt:\n  qos: 1\n\tretain: true"})
    void asksForSpacesInsteadOfATab(String text) {
        assertThat(problems(() -> TreeReader.yaml("o.yaml", text)))
                .singleElement(STRING)
                .startsWith("o.yaml: is not valid YAML at line ")
                .endsWith("; use spaces instead of the tab");
    }

    @Test
    void namesAKeyThatStandsTwice() {
        assertThat(problems(() -> TreeReader.json("o.json", "{\"qos\":1,\n\"qos\":2}")))
                .containsExactly("o.json: has the key qos twice, again at line 2, column 6; remove one of the two");
        assertThat(problems(() -> TreeReader.yaml("o.yaml", "mqtt:\n  qos: 1\n  qos: 2")))
                .containsExactly("o.yaml: has the key qos twice, again at line 3, column 6; remove one of the two");
    }

    @Test
    void refusesAYamlAliasRatherThanTakeItsName() {
        assertThat(problems(() -> TreeReader.yaml("o.yaml", "a: 1\nb: *x")))
                .containsExactly("o.yaml: contains a YAML alias (*) at line 2, column 4;"
                        + " write the value itself, in quotes if it begins with *");
        assertThat(problems(() -> TreeReader.yaml("o.yaml", "c:\n  <<: *x")))
                .containsExactly("o.yaml: contains a YAML alias (*) at line 2, column 7;"
                        + " write the value itself, in quotes if it begins with *");
    }

    @Test
    void refusesAYamlTagRatherThanTakeItsName() {
        assertThat(problems(() -> TreeReader.yaml("o.yaml", "password: !secret mqtt_password")))
                .containsExactly("o.yaml: contains a YAML tag (such as !secret) at line 1, column 11;"
                        + " write the value itself, in quotes if it begins with !");
        assertThat(problems(() -> TreeReader.yaml("o.yaml", "password: !x"))).hasSize(1);
        assertThat(problems(() -> TreeReader.yaml("o.yaml", "password: !"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password: &x", "password: &x y", "password: &x {y: 1}"})
    void refusesAYamlAnchorRatherThanDropIt(String text) {
        assertThat(problems(() -> TreeReader.yaml("o.yaml", text)))
                .containsExactly("o.yaml: contains a YAML anchor (&) at line 1, column 11;"
                        + " write the value itself, in quotes if it begins with &");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: |", "a: >", "a: |-\n  b", "a: >2\n   b"})
    void refusesAYamlBlockRatherThanAddToIt(String text) {
        assertThat(problems(() -> TreeReader.yaml("o.yaml", text)))
                .containsExactly("o.yaml: contains a YAML block (| or >) at line 1, column 4;"
                        + " write the value in one line, in quotes if it begins with | or >");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: #b", "a:   #b", "a: #b\nc: 1", "{a: #b\n}", "- #b"})
    void refusesACommentThatMayBeTheValue(String text) {
        assertThat(problems(() -> TreeReader.yaml("o.yaml", text)))
                .singleElement(STRING)
                .startsWith("o.yaml: has a comment (#) in the place of a value at line 1, column ")
                .endsWith("; write the value in quotes if it begins with #, or a space behind the #");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: # b",
                "a: #",
                "a: ## b",
                "a:\n#b",
                "a: 1 #b",
                "a: '#b'",
                "a: '&b'",
                "a: b&c",
                "\u00fc\ud83d\udeaa: # b"
            })
    void takesOtherCommentsForWhatTheyAre(String text) {
        assertThat(problems(() -> TreeReader.yaml("o.yaml", text))).isEmpty();
    }

    @Test
    void refusesASecondDocument() {
        assertThat(problems(() -> TreeReader.json("o.json", "{} {}")))
                .containsExactly("o.json: continues after its end at line 1, column 4; keep one document in the file");
        assertThat(problems(() -> TreeReader.yaml("o.yaml", "a: 1\n---\nb: 2")))
                .containsExactly("o.yaml: continues after its end at line 3, column 1; keep one document in the file");
    }

    @Test
    void survivesADeepNest() {
        assertThat(problems(() -> TreeReader.json("o.json", "[".repeat(100_000))))
                .containsExactly("o.json: is not valid JSON" + ADVICE);
        assertThat(problems(() -> TreeReader.yaml("o.yaml", "[".repeat(100_000))))
                .containsExactly("o.yaml: is not valid YAML" + ADVICE);
    }

    private static Node scalar(String text) {
        return new Node.Scalar(text);
    }
}
