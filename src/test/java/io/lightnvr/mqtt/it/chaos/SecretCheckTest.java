package io.lightnvr.mqtt.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretCheckTest {

    @TempDir
    private Path folder;

    @Test
    void isContentWithWhatNamesNone() throws IOException {
        Files.writeString(folder.resolve("tap.jsonl"), "{\"url\":\"rtsp://camera:***@127.0.0.1/1\"}\n");

        assertThat(SecretCheck.problems(List.of("password=***"), List.of(folder)))
                .isEmpty();
    }

    @Test
    void findsASecretInALog() {
        assertThat(SecretCheck.problems(List.of("fine", "key=" + SecretCheck.API_KEY + ";"), List.of(folder)))
                .containsExactly("Secrets in the open: 1, such as [the API key is in the log]");
    }

    @Test
    void findsASecretInTheMiddleOfAFileThatIsNoText() throws IOException {
        Path file = Files.createDirectory(folder.resolve("data")).resolve("lightnvr-mqtt.db");
        Files.write(file, new byte[] {(byte) 0xFF, 0, (byte) 0x80});
        Files.writeString(file, SecretCheck.camera("gate").url() + "\0", StandardOpenOption.APPEND);

        assertThat(SecretCheck.problems(List.of(), List.of(folder)))
                .containsExactly("Secrets in the open: 1, such as [a camera's password is in " + file + "]");
    }

    @Test
    void findsASecretInTheNameOfAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("java_" + SecretCheck.BROKER_PASSWORD + ".hprof"));

        assertThat(SecretCheck.problems(List.of(), List.of(folder)))
                .containsExactly(
                        "Secrets in the open: 1, such as [the broker's password is in the name of " + file + "]");
    }
}
