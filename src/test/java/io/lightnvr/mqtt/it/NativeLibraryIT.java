package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where SQLite's library lies, and what happens where no folder can hold it. */
@Execution(ExecutionMode.CONCURRENT)
class NativeLibraryIT {

    private static final String SENTENCE = "SQLite's library can be loaded neither from the data folder ";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private Path data;
    private Path temporary;

    /** A reason why a disk cannot hold a library. */
    private enum Trouble {
        FULL("No space left on device") {
            @Override
            void befall(SmallDisk disk) {
                disk.fill();
            }
        },
        READ_ONLY("Read-only file system") {
            @Override
            void befall(SmallDisk disk) {
                disk.makeReadOnly();
            }
        },
        NO_PROGRAMS("failed to map segment from shared object") {
            @Override
            void befall(SmallDisk disk) {
                disk.forbidPrograms();
            }
        };

        private final String reason;

        Trouble(String reason) {
            this.reason = reason;
        }

        abstract void befall(SmallDisk disk);
    }

    @BeforeEach
    void makeFolders() {
        data = bed.newFolder("data");
        temporary = bed.newFolder("temporary");
    }

    @Test
    void liesInTheDataFolderOnceAndNeverInTheTemporaryOne() throws IOException {
        Path kept = Files.writeString(data.resolve("lightnvr-mqtt-libsqlitejdbc.so"), "that of another version");
        for (int starts = 0; starts < 3; starts++) {
            BridgeProcess bridge = run(List.of());
            bridge.awaitLog("cannot be reached");
            assertThat(bridge.terminate()).isZero();
        }

        assertThat(names(temporary)).isEmpty();
        assertThat(names(data))
                .filteredOn(name -> name.contains("sqlite"))
                .containsExactly(kept.getFileName().toString());
        assertThat(kept).content(StandardCharsets.ISO_8859_1).startsWith("\u007fELF");
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void needsNoTemporaryFolder(Trouble trouble) {
        SmallDisk disk = SmallDisk.mount(bed, temporary);
        trouble.befall(disk);

        BridgeProcess bridge = run(disk.prefix());

        bridge.awaitLog("cannot be reached");
        assertThat(bridge.terminate()).isZero();
        assertThat(bridge.logText()).doesNotContain("native library", "\tat ");
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void leavesNothingInTheTemporaryFolderWhereTheDataFolderCannotHoldIt(Trouble trouble) {
        SmallDisk disk = SmallDisk.mount(bed, data);
        trouble.befall(disk);

        BridgeProcess bridge = run(disk.prefix());

        bridge.awaitLog("cannot be reached");
        assertThat(bridge.terminate()).isZero();
        assertThat(names(temporary)).isEmpty();
        assertThat(bridge.logText()).doesNotContain("native library", "\tat ");
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void saysWhyNoFolderCanHoldIt(Trouble trouble) {
        temporary = data;
        SmallDisk disk = SmallDisk.mount(bed, data);
        trouble.befall(disk);

        BridgeProcess bridge = run(disk.prefix());
        assertThat(bridge.exitStatus()).isEqualTo(2);
        Checked checked = Checked.of(start(disk.prefix(), "check"));

        assertThat(bridge.awaitLog(SENTENCE))
                .contains(
                        data + " (",
                        "nor from the temporary folder " + data + " (",
                        trouble.reason,
                        "noexec",
                        "--data");
        assertThat(bridge.logText()).doesNotContain("\tat ", "bug");
        assertThat(checked.status()).isEqualTo(1);
        assertThat(checked.line(SENTENCE)).startsWith("failed   data folder: ").contains(trouble.reason, "noexec");
    }

    @Test
    void isLeftNowhereByTheDoctor() {
        Checked checked = Checked.of(start(List.of(), "check"));

        assertThat(checked.line("there is no store yet")).startsWith("ok ");
        assertThat(names(data)).isEmpty();
        assertThat(names(temporary)).isEmpty();
    }

    private BridgeProcess run(List<String> prefix) {
        return start(prefix, "run");
    }

    private BridgeProcess start(List<String> prefix, String command) {
        return BridgeProcess.start(
                bed,
                prefix,
                List.of("-Djava.io.tmpdir=" + temporary),
                command,
                "--nvr",
                "http://localhost:" + Ports.free(),
                "--data",
                data.toString());
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
