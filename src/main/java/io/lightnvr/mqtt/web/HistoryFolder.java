package io.lightnvr.mqtt.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the history: a file to which each change of a visit adds a line, and a file for each picture. Only the user of the
 * process may look into it. Each kind of trouble with it is logged once an hour at most. One thread writes; any may read.
 */
final class HistoryFolder {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryFolder.class);
    private static final String FILE = "visits.jsonl";
    private static final String PICTURE = ".jpg";

    /** Of what is being written. */
    private static final String NEW = ".new";

    /** Then the file is written anew, with one line for each visit. */
    private static final int LONG = 2_000;

    /** Far more than that many lines have. */
    private static final long MOST_BYTES = 16 << 20;

    /** Far more than a visit with names of a usual length has. */
    private static final int LONGEST_LINE = 64 << 10;

    private static final long PAUSE = Duration.ofHours(1).toNanos();

    private static final FileAttribute<?> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final FileAttribute<?> OWNERS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final LongSupplier nanoTime;
    private final Opener opener;
    private final AtomicInteger lines = new AtomicInteger();

    /** Whether the folder may have less or more than it should, since something failed. */
    private final AtomicBoolean isBroken = new AtomicBoolean();

    /** When each kind of trouble was logged. */
    private final Map<String, Long> loggedAt = new HashMap<>();

    /** Opens a file to write, as {@link Files#newByteChannel} does. */
    interface Opener {
        SeekableByteChannel open(Path file, Set<? extends OpenOption> how, FileAttribute<?>... rights)
                throws IOException;
    }

    /**
     * @param folder made when something is written
     * @param nanoTime a monotonic clock
     */
    HistoryFolder(Path folder, LongSupplier nanoTime) {
        this(folder, nanoTime, Files::newByteChannel);
    }

    /** The same with another way to write. */
    HistoryFolder(Path folder, LongSupplier nanoTime, Opener opener) {
        this.folder = folder;
        this.nanoTime = nanoTime;
        this.opener = opener;
    }

    /**
     * Passes on the lines that were written, one after the other, the oldest first; later ones replace earlier ones of the same
     * visit. Of a file that is longer than any it writes only the end is read.
     */
    void readLines(Consumer<String> taker) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long tooMuch = channel.size() - MOST_BYTES;
            LongLines lines = new LongLines(Channels.newInputStream(channel), LONGEST_LINE);
            if (tooMuch > 0) {
                LOG.warn(
                        "{} has {} MiB, far more than the page's history of visits needs: only the last {} MiB are read",
                        file,
                        channel.size() >> 20,
                        MOST_BYTES >> 20);
                channel.position(tooMuch - 1);
                lines.skip();
            }
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                taker.accept(line.get());
            }
        } catch (IOException e) {
            trouble(e);
        }
    }

    /** The size of the picture of a visit; empty if there is none. */
    OptionalInt pictureSize(String id) {
        try {
            return OptionalInt.of(Math.toIntExact(Files.size(pictureFile(id))));
        } catch (IOException | ArithmeticException e) {
            return OptionalInt.empty();
        }
    }

    /** The picture of a visit. */
    Optional<byte[]> picture(String id) {
        try {
            return Optional.of(Files.readAllBytes(pictureFile(id)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether all should be written anew: the file has very many lines, or something failed after it was. */
    boolean needsRewrite() {
        return lines.get() >= LONG || isBroken.get();
    }

    /** Adds a line. */
    void append(String line) {
        attempt(() -> {
            lines.incrementAndGet();
            write(folder.resolve(FILE), bytes(line + "\n"), StandardOpenOption.APPEND);
        });
    }

    /**
     * Writes the file anew, and leaves no other picture.
     *
     * @param pictures the ids of the visits whose pictures are kept
     */
    void rewrite(List<String> all, Set<String> pictures) {
        attempt(() -> {
            deleteAllBut(pictures);
            replace(FILE, bytes(all.stream().map(line -> line + "\n").collect(Collectors.joining())));
            lines.set(all.size());
            isBroken.set(false);
        });
    }

    private void deleteAllBut(Set<String> pictures) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*{" + PICTURE + "," + NEW + "}")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean isKept = name.endsWith(PICTURE)
                        && pictures.contains(name.substring(0, name.length() - PICTURE.length()));
                if (!isKept && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Writes the picture of a visit, in place of an earlier one; returns false if that stays. */
    boolean writePicture(String id, byte[] jpeg) {
        return attempt(() -> replace(id + PICTURE, jpeg));
    }

    void deletePicture(String id) {
        attempt(() -> Files.deleteIfExists(pictureFile(id)));
    }

    private Path pictureFile(String id) {
        return folder.resolve(id + PICTURE);
    }

    private void replace(String name, byte[] content) throws IOException {
        Path written = folder.resolve(name + NEW);
        Files.deleteIfExists(written);
        try {
            write(written, content, StandardOpenOption.WRITE);
            Files.move(written, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Half of it would take the last room of a full disk.
            Files.deleteIfExists(written);
            throw e;
        }
    }

    /** All or nothing, as far as the disk can. A file that is made is the owner's, whatever the umask. */
    private void write(Path file, byte[] content, OpenOption how) throws IOException {
        try (SeekableByteChannel channel = opener.open(file, Set.of(StandardOpenOption.CREATE, how), OWNERS_FILE)) {
            long size = channel.size();
            ByteBuffer left = ByteBuffer.wrap(content);
            try {
                while (left.hasRemaining()) {
                    channel.write(left);
                }
            } catch (IOException e) {
                channel.truncate(size);
                throw e;
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Something that writes. */
    private interface Write {
        void run() throws IOException;
    }

    private boolean attempt(Write write) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, OWNERS_FOLDER);
            }
            write.run();
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            isBroken.set(true);
            trouble(e);
            return false;
        }
    }

    private void trouble(Exception e) {
        if (isNew(kind(e))) {
            LOG.warn("The page's history of visits in {} cannot be kept: {}", folder, e.toString());
        }
    }

    private synchronized boolean isNew(String kind) {
        long now = nanoTime.getAsLong();
        loggedAt.values().removeIf(at -> now - at >= PAUSE);
        return loggedAt.putIfAbsent(kind, now) == null;
    }

    /** The same whichever file it is of. */
    private static String kind(Exception e) {
        return e.getClass().getName() + (e instanceof FileSystemException of ? of.getReason() : e.getMessage());
    }
}
