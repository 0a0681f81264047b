package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecorderListTest {

    private static final String TWO = """
            recorders:
              - {name: house, url: http://house:8080}
              - {name: barn, url: http://barn:8080}
            """;

    @Test
    void givesTheFirstOneWhatASingleOneHas() throws ConfigurationException {
        Configuration first = recorder(TWO, 0);

        Configuration single =
                read("nvr: {name: house, url: http://house:8080}").configuration();
        assertThat(first).isEqualTo(single);
    }

    @Test
    void givesOthersTopicsIdsAndAClientOfTheirOwn() throws ConfigurationException {
        Configuration second = recorder(TWO, 1);

        assertThat(second.mqtt().topicPrefix()).isEqualTo("lightnvr_barn");
        assertThat(second.mqtt().clientId()).isEqualTo("lightnvr-mqtt-barn");
        assertThat(second.homeAssistant().instanceId()).isEqualTo("lightnvr_mqtt_barn");
        assertThat(second.requireNvr().topicPrefix()).isEqualTo("lightnvr_barn");
    }

    @Test
    void makesThoseOfOthersOutOfWhatAllShare() throws ConfigurationException {
        Configuration second = recorder("mqtt: {topic_prefix: cams, client_id: me}\n" + TWO, 1);

        assertThat(second.mqtt().topicPrefix()).isEqualTo("cams_barn");
        assertThat(second.mqtt().clientId()).isEqualTo("me-barn");
        assertThat(second.homeAssistant().instanceId()).isEqualTo("lightnvr_mqtt_cams_barn");
    }

    @Test
    void takesWhatAnEntrySetsAndOtherwiseWhatAllShare() throws ConfigurationException {
        String text = """
                detections: {labels: [person], streams: [door]}
                catch_up: {max_age: 2h}
                recorders:
                  - {name: house, url: http://house, labels: [car], min_confidence: 0.5, catch_up: 5m}
                  - name: barn
                    url: http://barn
                    username: viewer
                    password: secret
                    topic_prefix: barn
                    events_prefix: nvr
                    instance_id: old
                    streams: [gate]
                """;
        Configuration house = recorder(text, 0);
        Configuration barn = recorder(text, 1);

        assertThat(house.detections().labels()).containsExactly("car");
        assertThat(house.detections().minConfidence()).isEqualTo(0.5f);
        assertThat(house.detections().streams()).containsExactly("door");
        assertThat(house.catchUp().maxAge()).isEqualTo(Duration.ofMinutes(5));
        assertThat(barn.detections().labels()).containsExactly("person");
        assertThat(barn.detections().streams()).containsExactly("gate");
        assertThat(barn.catchUp().maxAge()).isEqualTo(Duration.ofHours(2));
        assertThat(barn.requireNvr().username()).contains("viewer");
        assertThat(barn.mqtt().topicPrefix()).isEqualTo("barn");
        assertThat(barn.requireNvr().topicPrefix()).isEqualTo("nvr");
        assertThat(barn.homeAssistant().instanceId()).isEqualTo("old");
    }

    @Test
    void comesBehindTheRecorderOfNvr() throws ConfigurationException {
        LoadedConfiguration loaded = read("""
                nvr: {url: http://house}
                recorders: [{name: barn, url: http://barn}]
                """);

        assertThat(loaded.recorders()).extracting(RecorderEntry::name).containsExactly("nvr", "barn");
        assertThat(loaded.recorders()).extracting(RecorderEntry::isMain).containsExactly(true, false);
        assertThat(loaded.configuration())
                .isEqualTo(read("nvr: {url: http://house}").configuration());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "recorders:", "recorders: []"})
    void isNoneWithoutAnEntry(String list) throws ConfigurationException {
        LoadedConfiguration loaded = read("nvr: {url: http://house}\n" + list);

        assertThat(loaded.hasSeveral()).isFalse();
        assertThat(loaded.recorders())
                .containsExactly(new RecorderEntry("nvr", "nvr", true, Optional.of(loaded.configuration()), List.of()));
    }

    @Test
    void keepsOneThatIsWrongFromStartingAndNoOther() throws ConfigurationException {
        LoadedConfiguration loaded = read("""
                recorders:
                  - {name: house, url: 'ftp://house', username: ann, pasword: x}
                  - {name: barn, url: http://barn, min_confidence: 7}
                  - {name: shed, url: http://shed}
                  - {name: yard}
                """);

        assertThat(texts(loaded, 0)).hasSize(2).anyMatch(text -> text.startsWith("recorders[0].url: ftp://house"));
        assertThat(texts(loaded, 0))
                .contains("recorders[0].pasword: is not an option; did you mean recorders[0].password?");
        assertThat(texts(loaded, 1))
                .containsExactly(
                        "recorders[1].min_confidence: 7 is out of range; use a number from 0 to 1, such as 0.5");
        assertThat(texts(loaded, 2)).isEmpty();
        assertThat(texts(loaded, 3))
                .containsExactly("recorders[3].url: is missing; set it to the recorder's address, such as"
                        + " http://192.168.1.20:8080");
        assertThat(loaded.configuration().requireNvr().name()).isEqualTo("shed");
    }

    @Test
    void keepsTheRecorderOfNvrFromStartingAndNoOther() throws ConfigurationException {
        LoadedConfiguration loaded = read("""
                nvr: {url: 'ftp://house'}
                recorders: [{name: barn, url: http://barn}]
                """);

        assertThat(texts(loaded, 0)).singleElement().asString().startsWith("nvr.url: ftp://house");
        assertThat(texts(loaded, 1)).isEmpty();
    }

    @Test
    void namesOptionsOfALoginAsTheEntryDoes() {
        assertThat(problemsOf("recorders: [{name: barn, url: http://barn, password: secret}]"))
                .containsExactly("recorders[0].password: is set without recorders[0].username;"
                        + " set both of them or neither");
    }

    @Test
    void isRefusedIfAllAreWrongOrWhatTheyShare() {
        assertThat(problemsOf("mqtt: {qos: 9}\nrecorders: [{name: barn, url: http://barn}, {name: shed}]"))
                .hasSize(2)
                .anyMatch(text -> text.startsWith("mqtt.qos: 9"))
                .anyMatch(text -> text.startsWith("recorders[1].url: is missing"));
        assertThat(problemsOf("recorders: [{name: shed}]")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Barn", "a b", "_barn", "'a-b'", "tür", "a23456789012345678901234567890123", "''"})
    void demandsNamesThatTopicsAndFilesCanHave(String name) {
        assertThat(problemsOf("recorders: [{name: %s, url: http://barn}, {name: x, url: http://x}]".formatted(name)))
                .singleElement()
                .asString()
                .startsWith("recorders[0].name: ")
                .endsWith("is not a name for a recorder; use 1 to 32 letters a to z, digits and _, with a letter or a"
                        + " digit first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "events", "check", "publish", "forget", "stream", "stream_1", "my_stream_1"})
    void refusesNamesThatWouldMakeIdsOfSomethingElse(String name) {
        assertThat(problemsOf("recorders: [{name: %s, url: http://barn}]".formatted(name)))
                .containsExactly("recorders[0].name: %s is a name that the bridge needs itself; use another one"
                        .formatted(name));
    }

    @Test
    void demandsAnotherNameForEach() {
        assertThat(problemsOf("nvr: {url: http://a}\nrecorders: [{url: http://b}, {name: nvr, url: http://c}]"))
                .containsExactly(
                        "recorders[0].name: is missing; give each recorder a name, such as barn",
                        "recorders[1].name: nvr is the name of another recorder too; give each its own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lightnvr", "lightnvr/barn"})
    void demandsTopicsThatLieApart(String prefix) {
        assertThat(problemsOf("""
                recorders:
                  - {name: house, url: http://house}
                  - {name: barn, url: http://barn, topic_prefix: %s}
                """.formatted(prefix)))
                .containsExactly(
                        "recorders[1].topic_prefix: %s is equal to that of house (recorders[0]), or one of them is"
                                        .formatted(prefix)
                                + " below the other; give barn another one");
    }

    @Test
    void demandsIdsAndTopicsOfTheRecordersThatLieApart() {
        assertThat(problemsOf("""
                recorders:
                  - {name: house, url: http://house, events_prefix: nvr}
                  - {name: barn, url: http://barn, events_prefix: nvr, instance_id: lightnvr_mqtt}
                """))
                .containsExactly(
                        "recorders[1].instance_id: lightnvr_mqtt is that of house (recorders[0]) too; give barn another one",
                        "recorders[1].events_prefix: nvr is that of house (recorders[0]) too, so that one would be taken for"
                                + " the other; give barn another one");
    }

    @Test
    void letsRecordersPublishAlikeToBrokersOfTheirOwn() throws ConfigurationException {
        assertThat(read("""
                recorders:
                  - {name: house, url: http://house, events_prefix: nvr}
                  - {name: barn, url: http://barn, events_prefix: nvr, events_broker: mqtt://barn}
                """).recorders()).hasSize(2);
    }

    @Test
    void refusesWhatIsNoListOfRecorders() {
        assertThat(problemsOf("recorders: {name: barn}"))
                .containsExactly("recorders: is not a list; write each recorder as - name: barn, with its url below");
        assertThat(problemsOf("recorders: [barn]"))
                .containsExactly("recorders[0]: is not a recorder with options; write under it any of "
                        + String.join(", ", RecorderOption.names()));
        assertThat(problemsOf("recorder: []")).containsExactly("recorder: is not an option; did you mean recorders?");
    }

    @Test
    void refusesHalfARecorderOfNvr() {
        assertThat(problemsOf("nvr: {username: ann}\nrecorders: [{name: barn, url: http://barn}]"))
                .containsExactly("nvr.url: is missing, and other options of nvr are set;"
                        + " set it, or remove all options of nvr");
    }

    @Test
    void refusesAnAddressOnTheCommandLine() {
        assertThat(problems(() -> ConfigurationReader.read(
                        Path.of("f.yaml"),
                        TWO.getBytes(StandardCharsets.UTF_8),
                        Optional.of("http://x"),
                        KnownRecorders.NONE)))
                .contains("--nvr: names one recorder, and the file has a list of them;"
                        + " leave it out, or change the address in the file");
    }

    @Test
    void leavesEachWhatItHadWhereverItStands() throws ConfigurationException {
        KnownRecorders known = new KnownRecorders(Optional.of("house"), Set.of("barn"));

        assertThat(mains(known, "barn", "house")).containsExactly(false, true);
        assertThat(mains(known, "barn")).containsExactly(false);
        assertThat(mains(known, "barn", "shed")).containsExactly(false, false);
        assertThat(mains(known, "home", "barn")).containsExactly(true, false);
        assertThat(mains(KnownRecorders.NONE, "barn", "house")).containsExactly(true, false);
    }

    @Test
    void knowsTheRecorderOfNvrByItsName() throws ConfigurationException {
        KnownRecorders known = new KnownRecorders(Optional.of("house"), Set.of("barn"));

        LoadedConfiguration barn = read("nvr: {name: barn, url: http://barn:8080}", known);

        assertThat(barn.recorders()).extracting(RecorderEntry::isMain).containsExactly(false);
        assertThat(barn.configuration()).isEqualTo(recorder(TWO, 1));
        for (String other :
                List.of("url: http://house", "name: house, url: http://house", "name: home, url: http://a")) {
            LoadedConfiguration loaded = read("nvr: {" + other + "}", known);
            assertThat(loaded.recorders()).extracting(RecorderEntry::isMain).containsExactly(true);
        }
        assertThat(read("nvr: {name: barn, url: http://b}\nrecorders: [{name: house, url: http://h}]", known)
                        .recorders())
                .extracting(RecorderEntry::isMain)
                .containsExactly(false, true);
    }

    @Test
    void tellsOfMistakesInAKnownRecorderOfNvrAsInAnyOther() {
        KnownRecorders known = new KnownRecorders(Optional.of("house"), Set.of("barn"));

        assertThat(problems(() -> read("mqtt: {qos: 9}\nnvr: {name: barn, url: http://barn, password: x}", known)))
                .isEqualTo(problemsOf("mqtt: {qos: 9}\nnvr: {name: barn, url: http://barn, password: x}"));
    }

    @Test
    void takesAnEntryNamedNvrForTheSingleOne() throws ConfigurationException {
        assertThat(mains(KnownRecorders.NONE, "barn", "nvr")).containsExactly(false, true);
        assertThat(mains(new KnownRecorders(Optional.of("house"), Set.of("barn", "nvr")), "barn", "nvr"))
                .containsExactly(false, false);
    }

    @Test
    void spellsOptionsInSentencesAsTheEntryDoes() throws ConfigurationException {
        RecorderEntry barn = read(TWO).recorders().get(1);

        assertThat(barn.spelled(
                        "set nvr.url. Check nvr.username and nvr.password, or mqtt.qos; nvr.topic_prefix, xnvr.url"))
                .isEqualTo("set recorders[1].url. Check recorders[1].username and recorders[1].password, or mqtt.qos;"
                        + " recorders[1].events_prefix, xnvr.url");
    }

    @Test
    void hasEachOptionOfASingleOne() {
        assertThat(RecorderOption.names().stream()
                        .map(name -> RecorderOption.find(name).orElseThrow()))
                .containsAll(Option.all().stream()
                        .filter(option -> option.section().equals("nvr"))
                        .toList());
    }

    private static List<Boolean> mains(KnownRecorders known, String... names) throws ConfigurationException {
        StringBuilder text = new StringBuilder("recorders:\n");
        for (String name : names) {
            text.append("  - {name: %s, url: http://%s}\n".formatted(name, name));
        }
        return read(text.toString(), known).recorders().stream()
                .map(RecorderEntry::isMain)
                .toList();
    }

    private static List<String> texts(LoadedConfiguration loaded, int index) {
        return loaded.recorders().get(index).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static List<String> problemsOf(String yaml) {
        return problems(() -> read(yaml));
    }

    private static Configuration recorder(String yaml, int index) throws ConfigurationException {
        return read(yaml).recorders().get(index).configuration().orElseThrow();
    }

    private static LoadedConfiguration read(String yaml) throws ConfigurationException {
        return read(yaml, KnownRecorders.NONE);
    }

    private static LoadedConfiguration read(String yaml, KnownRecorders known) throws ConfigurationException {
        return ConfigurationReader.read(
                Path.of("f.yaml"), yaml.getBytes(StandardCharsets.UTF_8), Optional.empty(), known);
    }
}
