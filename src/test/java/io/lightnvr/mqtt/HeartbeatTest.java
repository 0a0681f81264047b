package io.lightnvr.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {

    private final Queue<Signal> signals = new ArrayDeque<>();

    @TempDir
    private Path folder;

    @Test
    void isWrittenWhenDeliveryAnswersIntakesQuestion() throws Exception {
        Path file = folder.resolve("alive");
        Heartbeat heartbeat = new Heartbeat(file, signals::add);

        Duration next = heartbeat.run();
        assertThat(file).doesNotExist();
        new DeliveryHarness().tell(signals.remove());

        assertThat(next).isEqualTo(Duration.ofSeconds(10));
        assertThat(file).exists();
    }

    @Test
    void isNewEachTime() throws Exception {
        Path file = Files.createFile(folder.resolve("alive"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));

        beat(file);

        assertThat(Files.getLastModifiedTime(file)).isGreaterThan(FileTime.fromMillis(0));
    }

    @Test
    void hurtsNobodyWhereItCannotBeWritten() {
        beat(folder.resolve("missing/alive"));

        assertThat(folder).isEmptyDirectory();
    }

    private void beat(Path file) {
        new Heartbeat(file, signals::add).run();
        new DeliveryHarness().tell(signals.remove());
    }
}
