package io.lightnvr.mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{vehicle: [car, truck], person: person}",
                "{vehicle: 'car , truck,', person: [person]}",
                "['vehicle: car, truck', 'person: person']",
                "[vehicle: [car, truck], person: person]",
            })
    void takesGroupsInEverySpellingAndKeepsTheirOrder(String yaml) throws ConfigurationException {
        assertThat(groups(yaml))
                .containsExactly(entry("vehicle", Set.of("car", "truck")), entry("person", Set.of("person")));
    }

    @Test
    void takesOneTextForOneGroup() throws ConfigurationException {
        assertThat(groups("'bird: crow'")).containsExactly(entry("bird", Set.of("crow")));
    }

    @Test
    void takesATimeForEachGroup() throws ConfigurationException {
        assertThat(read("group_clear_after: {vehicle: 5m, person: 10}").groupClearAfter())
                .containsExactly(entry("vehicle", Duration.ofMinutes(5)), entry("person", Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{Big Dog: dog} | Big Dog: dog has a group without a valid name; start with a name of a to z, 0 to 9 and _, and a colon: vehicle: car, truck",
                "car | car has a group without a valid name; start with a name of a to z, 0 to 9 and _, and a colon: vehicle: car, truck",
                "{motion: rain} | motion: rain uses the name motion, which is reserved for events of no group; rename that group",
                "['a: b', 'a: c'] | a: b; a: c has the group a twice; merge the two",
                "{a: } | a:  has a group without labels; list its labels, such as vehicle: [car, truck]",
                "{a: {b: c}} | does not consist of names with values; write entries such as vehicle: [car, truck] under it",
                "[[a]] | does not consist of names with values; write entries such as vehicle: [car, truck] under it",
            })
    void saysWhatIsWrongWithAGroup(String yaml, String problem) {
        assertThat(Reading.problems(() -> groups(yaml)))
                .hasSize(1)
                .first()
                .asString()
                .endsWith(problem);
    }

    @Test
    void saysThatThereAreTooManyGroups() {
        List<String> many =
                IntStream.rangeClosed(1, 17).mapToObj(i -> "g" + i + ": l").toList();

        assertThat(Reading.problems(() -> groups("['" + String.join("', '", many) + "']")))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("has more than 16 groups; merge some of them");
    }

    @Test
    void saysWhatATimeMustBe() {
        assertThat(Reading.problems(() -> read("group_clear_after: {vehicle: soon}")))
                .containsExactly(
                        "home_assistant.group_clear_after: vehicle: soon is not a time; " + ValueRules.TIME_SYNTAX);
    }

    private static Map<String, Set<String>> groups(String yaml) throws ConfigurationException {
        return read("groups: " + yaml).groups();
    }

    private static Configuration.HomeAssistant read(String yaml) throws ConfigurationException {
        Node root = TreeReader.yaml("test.yaml", "home_assistant: {" + yaml + "}");
        return Reading.built(OptionTree.read("test.yaml", root)).configuration().homeAssistant();
    }
}
