package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PublishCommandTest {

    @TempDir
    private Path folder;

    @Test
    void usesTheTopicsThatTheDataFolderTells() throws Exception {
        Path data = folder.resolve("data");
        Files.createDirectories(data.resolve("recorders/barn"));
        Files.writeString(data.resolve("recorder.json"), "{\"name\": \"house\"}");
        Path file = Files.writeString(folder.resolve("f.yaml"), """
                recorders: [{name: barn, url: http://barn}, {name: house, url: http://house}]
                """);

        assertThat(prefix("barn", file, data)).isEqualTo("lightnvr_barn");
        assertThat(prefix("house", file, data)).isEqualTo("lightnvr");
    }

    private static String prefix(String recorder, Path file, Path data) throws Exception {
        PublishCommand command = new PublishCommand();
        new CommandLine(command)
                .parseArgs(
                        "--stream=door",
                        "--label=person",
                        "--recorder=" + recorder,
                        "--config=" + file,
                        "--data=" + data);
        return command.configuration().mqtt().topicPrefix();
    }
}
