package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.cli.ConfigurationChoice.NoConfigurationException;
import io.lightnvr.mqtt.cli.ConfigurationChoice.Places;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationChoiceTest {

    private static final Optional<String> NVR = Optional.of("http://nvr:8080");

    @TempDir
    private Path folder;

    private Places places;

    @BeforeEach
    void makePlaces() throws IOException {
        places = new Places(
                Files.createDirectory(folder.resolve("data")), Files.createDirectory(folder.resolve("current")));
    }

    @Test
    void takesTheFileThatIsNamed() throws Exception {
        write("data/options.json", "{}");
        Path named = write("other/mine.yaml", "mqtt: {topic_prefix: mine}\n");

        ConfigurationChoice choice = choose(Optional.of(named), Optional.empty());

        assertThat(choice.configuration().mqtt().topicPrefix()).isEqualTo("mine");
        assertThat(choice.origin()).isEqualTo(named.toString());
        assertThat(choice.data()).isEqualTo(named.getParent());
    }

    @Test
    void takesTheAddOnsOptionsBeforeTheLocalFile() throws Exception {
        write("data/options.json", "{\"mqtt\":{\"topic_prefix\":\"addon\"}}");
        write("current/lightnvr-mqtt.yaml", "mqtt: {topic_prefix: local}\n");

        ConfigurationChoice choice = choose(Optional.empty(), Optional.empty());

        assertThat(choice.configuration().mqtt().topicPrefix()).isEqualTo("addon");
        assertThat(choice.data()).isEqualTo(places.addonData());
    }

    @Test
    void takesTheLocalFileBeforeTheDefaults() throws Exception {
        write("current/lightnvr-mqtt.yaml", "mqtt: {topic_prefix: local}\n");

        ConfigurationChoice choice = choose(Optional.empty(), NVR);

        assertThat(choice.configuration().mqtt().topicPrefix()).isEqualTo("local");
        assertThat(choice.configuration().requireNvr().url()).isEqualTo(URI.create(NVR.get()));
    }

    @Test
    void takesTheDefaultsWhereOnlyARecorderIsNamed() throws Exception {
        ConfigurationChoice choice = choose(Optional.empty(), NVR);

        assertThat(choice.configuration().mqtt().brokerHostOrLocal()).isEqualTo("localhost");
        assertThat(choice.configuration().mqtt().brokerPort()).isEqualTo(1883);
        assertThat(choice.data()).isEqualTo(places.current());
    }

    @Test
    void namesAllThreeWaysWhereThereIsNone() {
        assertThatThrownBy(() -> choose(Optional.empty(), Optional.empty()))
                .isInstanceOf(NoConfigurationException.class)
                .hasMessageContaining("data/options.json")
                .hasMessageContaining("lightnvr-mqtt.yaml in the current folder")
                .hasMessageContaining("run --config FILE")
                .hasMessageContaining("run --nvr http://RECORDER:8080");
    }

    @Test
    void keepsFilesWhereTheUserSays() throws Exception {
        Path data = folder.resolve("elsewhere");

        ConfigurationChoice choice = ConfigurationChoice.make(Optional.empty(), NVR, Optional.of(data), places);

        assertThat(choice.data()).isEqualTo(data);
    }

    private ConfigurationChoice choose(Optional<Path> file, Optional<String> nvr) throws Exception {
        return ConfigurationChoice.make(file, nvr, Optional.empty(), places);
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
