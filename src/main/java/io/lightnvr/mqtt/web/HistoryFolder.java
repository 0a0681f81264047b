package io.lightnvr.mqtt.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the history: a file to which each change of a visit adds a line, and a file for each picture. Only the user of the
 * process may look into it. Trouble with it is logged once, until it can be written again. One thread writes; any may read.
 */
final class HistoryFolder {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryFolder.class);
    private static final String FILE = "visits.jsonl";
    private static final String NEW_FILE = "visits.jsonl.new";
    private static final String PICTURE = ".jpg";

    /** Then the file is written anew, with one line for each visit. */
    private static final int LONG = 2_000;

    /** Far more than that many lines have. */
    private static final long MOST_BYTES = 16 << 20;

    private static final FileAttribute<?> OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;
    private final AtomicBoolean isInTrouble = new AtomicBoolean();
    private final AtomicInteger lines = new AtomicInteger();

    /** @param folder made when something is written */
    HistoryFolder(Path folder) {
        this.folder = folder;
    }

    /** The lines that were written, the oldest first; later ones replace earlier ones of the same visit. */
    List<String> lines() {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file) || Files.size(file) > MOST_BYTES) {
                return List.of();
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.lines().toList();
        } catch (IOException e) {
            trouble(e);
            return List.of();
        }
    }

    /** The sizes of the pictures of some visits, by id; deletes all others. */
    Map<String, Integer> pictures(Set<String> ids) {
        Map<String, Integer> sizes = new HashMap<>();
        if (!Files.isDirectory(folder)) {
            return sizes;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + PICTURE)) {
            for (Path file : files) {
                String id = file.getFileName().toString().replace(PICTURE, "");
                if (ids.contains(id)) {
                    sizes.put(id, Math.toIntExact(Files.size(file)));
                } else {
                    Files.delete(file);
                }
            }
        } catch (IOException | ArithmeticException e) {
            trouble(e);
        }
        return sizes;
    }

    /** The picture of a visit. */
    Optional<byte[]> picture(String id) {
        try {
            return Optional.of(Files.readAllBytes(pictureFile(id)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the file has so many lines that it should be written anew. */
    boolean isLong() {
        return lines.get() >= LONG;
    }

    /** Adds a line. */
    void append(String line) {
        attempt(() -> {
            lines.incrementAndGet();
            Files.writeString(folder.resolve(FILE), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        });
    }

    /** Writes the file anew. */
    void rewrite(List<String> all) {
        attempt(() -> {
            lines.set(all.size());
            Path written = folder.resolve(NEW_FILE);
            Files.writeString(written, String.join("\n", all) + "\n");
            Files.move(written, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        });
    }

    /** Writes the picture of a visit, in place of an earlier one. */
    void writePicture(String id, byte[] jpeg) {
        attempt(() -> {
            Path written = folder.resolve(id + ".new");
            Files.write(written, jpeg);
            Files.move(written, pictureFile(id), StandardCopyOption.ATOMIC_MOVE);
        });
    }

    void deletePicture(String id) {
        attempt(() -> Files.deleteIfExists(pictureFile(id)));
    }

    private Path pictureFile(String id) {
        return folder.resolve(id + PICTURE);
    }

    /** Something that writes. */
    private interface Write {
        void run() throws IOException;
    }

    private void attempt(Write write) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, OWNER);
            }
            write.run();
            isInTrouble.set(false);
        } catch (IOException | UnsupportedOperationException e) {
            trouble(e);
        }
    }

    private void trouble(Exception e) {
        if (isInTrouble.compareAndSet(false, true)) {
            LOG.warn("The page's history of visits in {} cannot be kept: {}", folder, e.toString());
        }
    }
}
