package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.config.KnownRecorders;
import io.lightnvr.mqtt.config.LoadedConfiguration;
import io.lightnvr.mqtt.config.RecorderEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderFoldersTest {

    @TempDir
    private Path data;

    private RecorderFolders folders() {
        return new RecorderFolders(data);
    }

    private LoadedConfiguration of(String... names) throws Exception {
        StringBuilder text = new StringBuilder("recorders:\n");
        for (String name : names) {
            text.append("  - {name: %s, url: http://%s}\n".formatted(name, name));
        }
        return read(text.toString());
    }

    private LoadedConfiguration read(String text) throws Exception {
        Path file = Files.writeString(data.resolve("f.yaml"), text);
        return ConfigurationReader.read(file, Optional.empty(), folders().known());
    }

    private void prepare(LoadedConfiguration loaded) {
        for (RecorderEntry recorder : loaded.recorders()) {
            folders().prepare(recorder, recorder.configuration().orElseThrow(), loaded.hasSeveral());
        }
    }

    private static List<String> names(List<RecorderFolders.Left> left) {
        return left.stream().map(RecorderFolders.Left::name).toList();
    }

    @Test
    void knowNothingOfASingleRecorder() throws Exception {
        LoadedConfiguration single = ConfigurationReader.defaults("http://house");
        prepare(single);

        assertThat(data).isEmptyDirectory();
        assertThat(folders().known()).isEqualTo(KnownRecorders.NONE);
        assertThat(folders().left(single)).isEmpty();
    }

    @Test
    void knowWhoseEachFolderIs() throws Exception {
        prepare(of("house", "barn"));

        assertThat(folders().known()).isEqualTo(new KnownRecorders(Optional.of("house"), Set.of("barn")));
        assertThat(folders().left(of("house", "barn"))).isEmpty();
        assertThat(folders().of(of("barn", "house").recorders().get(0))).isEqualTo(data.resolve("recorders/barn"));
        assertThat(folders().of(of("barn", "house").recorders().get(1))).isEqualTo(data);
    }

    @Test
    void tellWhereARecorderWithoutAnEntryHasPublished() throws Exception {
        prepare(of("house", "barn"));

        List<RecorderFolders.Left> left = folders().left(of("house"));

        assertThat(names(left)).containsExactly("barn");
        assertThat(left.get(0).options())
                .containsEntry("mqtt.topic_prefix", "lightnvr_barn")
                .containsEntry("home_assistant.instance_id", "lightnvr_mqtt_barn")
                .containsEntry("mqtt.client_id", "lightnvr-mqtt-barn");
        assertThat(names(folders().left(ConfigurationReader.defaults("http://house"))))
                .containsExactly("barn");
    }

    @Test
    void keepTheMainOneForWhoeverHadIt() throws Exception {
        prepare(of("house", "barn"));

        List<RecorderFolders.Left> left = folders().left(of("barn", "shed"));

        assertThat(names(left)).containsExactly("house");
        assertThat(left.get(0).isMain()).isTrue();
        assertThat(of("barn", "shed").recorders()).noneMatch(RecorderEntry::isMain);
    }

    @Test
    void keepTheNameOfTheMainOneWhileItHasNone() throws Exception {
        prepare(of("house", "barn"));
        LoadedConfiguration unnamed = read("nvr: {url: http://house}");
        prepare(unnamed);

        assertThat(folders().known()).isEqualTo(new KnownRecorders(Optional.of("house"), Set.of("barn")));
        assertThat(names(folders().left(unnamed))).containsExactly("barn");
        assertThat(of("barn", "house").recorders())
                .extracting(RecorderEntry::isMain)
                .containsExactly(false, true);
    }

    @Test
    void giveASingleRecorderTheFilesOfItsName() throws Exception {
        prepare(of("house", "barn"));
        LoadedConfiguration barn = read("nvr: {name: barn, url: http://barn}");
        prepare(barn);

        assertThat(folders().of(barn.recorders().get(0))).isEqualTo(data.resolve("recorders/barn"));
        assertThat(names(folders().left(barn))).containsExactly("house");
        assertThat(folders().known()).isEqualTo(new KnownRecorders(Optional.of("house"), Set.of("barn")));
        assertThat(folders().left(of("barn", "house"))).isEmpty();
    }

    @Test
    void areLeftIfNoRecorderUsesThemWhateverItsName() throws Exception {
        prepare(of("house", "barn"));
        Files.writeString(
                data.resolve("recorder.json"),
                Files.readString(data.resolve("recorder.json")).replace("house", "barn"));

        assertThat(folders().left(of("barn")))
                .extracting(RecorderFolders.Left::folder)
                .containsExactly(data.resolve("recorders/barn"));
    }

    @Test
    void deleteNothingButWhatWasTheRecorders() throws Exception {
        prepare(of("house", "barn"));
        Files.createFile(data.resolve("lightnvr-mqtt.db"));
        Files.createFile(data.resolve("options.json"));
        Files.createDirectories(data.resolve("page"));
        Files.createFile(data.resolve("page/visits.jsonl"));
        Files.createFile(data.resolve("recorders/barn/lightnvr-mqtt.db"));

        RecorderFolders.delete(folders().left(of("house")).get(0));

        assertThat(data.resolve("recorders/barn")).doesNotExist();
        assertThat(data.resolve("lightnvr-mqtt.db")).exists();

        prepare(of("house", "barn"));
        RecorderFolders.delete(folders().left(of("barn")).get(0));

        assertThat(data.resolve("lightnvr-mqtt.db")).doesNotExist();
        assertThat(data.resolve("page")).doesNotExist();
        assertThat(data.resolve("options.json")).exists();
        assertThat(data.resolve("recorders/barn")).exists();
    }

    @Test
    void tellOfNothingWithoutACompleteNote() throws Exception {
        prepare(of("house", "barn"));
        Files.writeString(data.resolve("recorders/barn/recorder.json"), "{\"name\": \"barn\"}");
        Files.createDirectories(data.resolve("recorders/shed"));

        assertThat(folders().left(of("house"))).isEmpty();
    }

    @Test
    void areNotForgottenWhereAnotherRecorderPublishesNow() throws Exception {
        prepare(of("house", "barn"));
        LoadedConfiguration loaded = read("""
                recorders:
                  - {name: house, url: http://house}
                  - {name: stable, url: http://barn, topic_prefix: lightnvr_barn}
                """);
        Forgetting forgetting = new Forgetting(new ConfigurationChoice(loaded, "a test", data));

        assertThatThrownBy(() -> forgetting.forget(forgetting.left("barn").orElseThrow()))
                .isInstanceOf(Forgetting.InUseException.class)
                .hasMessageStartingWith("The topics or ids of the recorder barn are those of stable now: ");
        assertThat(data.resolve("recorders/barn")).exists();
    }

    @Test
    void areNotForgottenWhileAnEntryHasAMistake() throws Exception {
        prepare(of("house", "barn"));
        LoadedConfiguration loaded = read("""
                recorders:
                  - {name: house, url: http://house}
                  - {name: stable, url: http://barn, topic_prefix: lightnvr_barn, min_confidence: 7}
                """);
        Forgetting forgetting = new Forgetting(new ConfigurationChoice(loaded, "a test", data));

        assertThatThrownBy(() -> forgetting.forget(forgetting.left("barn").orElseThrow()))
                .isInstanceOf(Forgetting.InUseException.class)
                .hasMessageStartingWith("The entry of the recorder stable has a mistake, ");
        assertThat(data.resolve("recorders/barn")).exists();
    }

    @Test
    void takeNoNoteThatCannotBeRead() throws IOException {
        Files.writeString(data.resolve("recorder.json"), "{\"name\": \"../../x\"}");
        Files.createDirectories(data.resolve("recorders/Not a name"));

        assertThat(folders().known()).isEqualTo(KnownRecorders.NONE);
    }
}
