package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.CapturedLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFolderTest {

    @TempDir
    private Path data;

    private long now = Long.MAX_VALUE - 1_000;

    private final FullDisk disk = new FullDisk();

    private HistoryFolder folder() {
        return new HistoryFolder(path(), () -> now, disk);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        folder().readLines(lines::add);
        return lines;
    }

    private Path path() {
        return data.resolve("page");
    }

    private String rights(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path().resolve(name)));
    }

    @Test
    void isMadeWhenSomethingIsWritten() {
        HistoryFolder folder = folder();

        assertThat(lines()).isEmpty();
        assertThat(folder.picture("a")).isEmpty();
        assertThat(folder.pictureSize("a")).isEmpty();
        assertThat(path()).doesNotExist();
    }

    @Test
    void isForItsOwnerAlone() throws Exception {
        HistoryFolder folder = folder();
        folder.append("one");
        folder.writePicture("a", new byte[1]);

        assertThat(rights(".")).isEqualTo("rwx------");
        assertThat(rights("visits.jsonl")).isEqualTo("rw-------");
        assertThat(rights("a.jpg")).isEqualTo("rw-------");
    }

    @Test
    void filesAreForTheirOwnerAloneThoughTheFolderIsNot() throws Exception {
        Files.createDirectory(
                path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        for (String name : List.of("visits.jsonl", "visits.jsonl.new", "a.jpg", "a.jpg.new")) {
            Files.createFile(
                    path().resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        }
        HistoryFolder folder = folder();
        folder.rewrite(List.of("one"), Set.of("a"));
        folder.append("two");
        folder.writePicture("a", new byte[1]);

        assertThat(rights("visits.jsonl")).isEqualTo("rw-------");
        assertThat(rights("a.jpg")).isEqualTo("rw-------");
    }

    @Test
    void hasTheLinesThatWereWritten() {
        HistoryFolder folder = folder();
        folder.append("one");
        folder.append("two");

        assertThat(lines()).containsExactly("one", "two");

        folder.rewrite(List.of("three"), Set.of());

        assertThat(lines()).containsExactly("three");

        folder.rewrite(List.of(), Set.of());

        assertThat(lines()).isEmpty();
    }

    @Test
    void needsToBeRewrittenAfterTwoThousandLines() {
        HistoryFolder folder = folder();
        folder.rewrite(List.of("one"), Set.of());
        for (int i = 1; i < 1_999; i++) {
            folder.append("line");
        }
        assertThat(folder.needsRewrite()).isFalse();

        folder.append("line");

        assertThat(folder.needsRewrite()).isTrue();
    }

    @Test
    void readsTheEndOfAFileThatIsFarTooLongAndSaysSo() throws Exception {
        Files.createDirectory(path());
        try (var file = new RandomAccessFile(path().resolve("visits.jsonl").toFile(), "rw");
                CapturedLog log = new CapturedLog()) {
            file.setLength(64L << 20);
            file.seek((64L << 20) - (16 << 20) - 4);
            file.write("out\nfirst\n".getBytes(StandardCharsets.US_ASCII));
            file.seek(file.length() - 9);
            file.write("\nlast\ncut".getBytes(StandardCharsets.US_ASCII));

            assertThat(lines()).containsExactly("first", "last", "cut");

            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().get(0))
                    .contains("visits.jsonl has 64 MiB")
                    .contains("only the last 16 MiB are read");
        }
    }

    @Test
    void leavesOutALineThatIsFarTooLong() throws Exception {
        HistoryFolder folder = folder();
        folder.append("one");
        folder.append("2".repeat(64 << 10));
        folder.append("3".repeat((64 << 10) + 1));
        folder.append("four");

        assertThat(lines()).containsExactly("one", "2".repeat(64 << 10), "four");
    }

    @Test
    void ignoresAFolderInPlaceOfTheFile() throws Exception {
        Files.createDirectories(path().resolve("visits.jsonl"));

        assertThat(lines()).isEmpty();
    }

    @Test
    void leavesNothingThatIsHalfWrittenOnAFullDisk() throws Exception {
        HistoryFolder folder = folder();
        folder.append("one");
        folder.writePicture("a", new byte[] {1});
        disk.room = 2;

        assertThat(folder.writePicture("a", new byte[3])).isFalse();
        disk.room = 2;
        folder.append("two");
        disk.room = 2;
        folder.rewrite(List.of("one", "two"), Set.of("a"));

        assertThat(folder.needsRewrite()).isTrue();
        assertThat(folder.picture("a")).hasValue(new byte[] {1});
        assertThat(Files.readString(path().resolve("visits.jsonl"))).isEqualTo("one\n");
        assertThat(path()).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void makesRoomBeforeItWritesAnew() throws Exception {
        HistoryFolder folder = folder();
        folder.writePicture("a", new byte[1]);
        Files.write(path().resolve("b.jpg.new"), new byte[1]);
        disk.room = 0;

        folder.rewrite(List.of("one"), Set.of());

        assertThat(path()).isEmptyDirectory();
    }

    @Test
    void onlyARewriteMakesUpForALostLine() throws Exception {
        HistoryFolder folder = folder();
        Files.createDirectories(path().resolve("visits.jsonl"));
        folder.append("one");
        Files.delete(path().resolve("visits.jsonl"));

        folder.writePicture("a", new byte[1]);
        folder.deletePicture("a");
        folder.append("two");
        assertThat(folder.needsRewrite()).isTrue();

        folder.rewrite(List.of("one", "two"), Set.of());
        assertThat(folder.needsRewrite()).isFalse();
    }

    @Test
    void tellsOfEachTroubleOnceAnHourHoweverOftenItComesAndGoes() throws Exception {
        HistoryFolder folder = folder();
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                Files.createDirectories(path().resolve("visits.jsonl"));
                folder.append("one");
                Files.createDirectories(path().resolve(i + ".jpg.new").resolve("inside"));
                folder.writePicture(Integer.toString(i), new byte[1]);
                Files.delete(path().resolve("visits.jsonl"));
                folder.rewrite(List.of("one"), Set.of());
                Files.delete(path().resolve("visits.jsonl"));
                now += Duration.ofMinutes(29).toNanos();
            }

            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0)).contains("visits.jsonl: Is a directory");
            assertThat(log.lines().get(1)).contains("DirectoryNotEmptyException", "0.jpg.new");

            now += Duration.ofMinutes(2).toNanos();
            folder.writePicture("0", new byte[1]);

            assertThat(log.lines()).hasSize(3);
        }
    }

    @Test
    void tellsOfTroubleOnceUntilItIsOver() throws Exception {
        Files.writeString(path(), "in the way");
        HistoryFolder folder = folder();
        try (CapturedLog log = new CapturedLog()) {
            folder.append("one");
            folder.append("two");
            folder.writePicture("a", new byte[1]);

            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().get(0)).contains("history of visits in " + path() + " cannot be kept");
            assertThat(folder.needsRewrite()).isTrue();

            Files.delete(path());
            folder.rewrite(List.of("one"), Set.of());
            assertThat(folder.needsRewrite()).isFalse();
            Files.delete(path().resolve("visits.jsonl"));
            Files.createDirectories(path().resolve("visits.jsonl"));
            folder.append("three");

            assertThat(log.lines()).hasSize(2);
        }
    }
}
