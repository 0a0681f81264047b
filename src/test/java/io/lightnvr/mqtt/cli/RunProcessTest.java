package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which command lines need no library to read them. */
class RunProcessTest {

    @TempDir
    private Path folder;

    @Test
    void takesAPlainRun() {
        assertThat(RunProcess.plain(
                        List.of("run"), Map.of(RunProcess.DATA, folder.toString(), RunProcess.HEARTBEAT, "alive")))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "check", "run --nvr http://192.168.1.20:8080", "run --help", "--help"})
    void leavesAllElseToTheLibrary(String arguments) {
        assertThat(RunProcess.plain(List.of(arguments.split(" ")), Map.of())).isEmpty();
    }

    @Test
    void leavesItToTheLibraryToSayThatTheDataFolderIsMissing() {
        String missing = folder.resolve("missing").toString();

        assertThat(RunProcess.plain(List.of("run"), Map.of(RunProcess.DATA, missing)))
                .isEmpty();
    }
}
