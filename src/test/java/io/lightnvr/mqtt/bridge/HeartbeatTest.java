package io.lightnvr.mqtt.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.CapturedLog;
import io.lightnvr.mqtt.delivery.DeliveryHarness;
import io.lightnvr.mqtt.delivery.DeliverySignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Reads the log, which goes to the standard error stream of the process. */
@Isolated
class HeartbeatTest {

    @TempDir
    private Path folder;

    @Test
    void isWrittenByTheDeliveryThread() {
        Path file = folder.resolve("alive");

        new DeliveryHarness().tell(new DeliverySignal.Beat(new Heartbeat(file)::write));

        assertThat(file).exists();
    }

    @Test
    void isNewEachTime() throws Exception {
        Path file = Files.createFile(folder.resolve("alive"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));

        new Heartbeat(file).write();

        assertThat(Files.getLastModifiedTime(file)).isGreaterThan(FileTime.fromMillis(0));
    }

    @Test
    void isForTheOwnerAlone() throws Exception {
        Path file = folder.resolve("alive");

        new Heartbeat(file).write();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void logsOnlyTheFirstTimeThatItCannotBeWritten() {
        Heartbeat heartbeat = new Heartbeat(folder.resolve("missing/alive"));

        try (CapturedLog log = new CapturedLog()) {
            heartbeat.write();
            heartbeat.write();

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN Cannot write the heartbeat file " + folder);
        }
    }
}
