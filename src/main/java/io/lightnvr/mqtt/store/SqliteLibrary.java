package io.lightnvr.mqtt.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite's native library, which the driver has in its jar, once for the process. The driver itself would leave a copy
 * of 1.1 MB in the temporary folder at each start, and does not work where that folder is full, read-only or mounted noexec.
 *
 * <p>Here the data folder keeps one copy, which is compared with the jar's. Where it cannot, the temporary folder has one for as
 * long as loading takes. A library that {@code org.sqlite.lib.path} names goes before both.
 */
final class SqliteLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);
    private static final String NAME = LibraryLoaderUtil.getNativeLibName();
    private static final String KEPT = "lightnvr-mqtt-" + NAME;
    private static final String RESOURCE = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + NAME;
    private static final String LIB_PATH = "org.sqlite.lib.path";

    private static boolean isLoaded;

    private SqliteLibrary() {}

    /**
     * Loads it from the folder of a store, and keeps it there. The folder must be locked, as far as it can be.
     *
     * @throws LibraryException if it can be loaded from nowhere
     */
    static synchronized void load(Path folder) throws LibraryException {
        load(folder, true);
    }

    /**
     * Loads it and leaves no file behind.
     *
     * @throws LibraryException if it can be loaded from nowhere
     */
    static synchronized void borrow(Path folder) throws LibraryException {
        load(folder, false);
    }

    private static void load(Path folder, boolean keep) throws LibraryException {
        if (isLoaded) {
            return;
        }
        Optional<byte[]> content = System.getProperty(LIB_PATH) == null ? inTheJar() : Optional.empty();
        if (content.isPresent()) {
            load(content.get(), folder.toAbsolutePath(), keep);
        } else {
            initializeDriver();
        }
        isLoaded = true;
    }

    private static void load(byte[] content, Path folder, boolean keep) throws LibraryException {
        Path kept = folder.resolve(KEPT);
        try {
            boolean isKept = holds(kept, content);
            if (keep && !isKept) {
                unpack(content, kept);
                isKept = holds(kept, content);
            }
            if (isKept) {
                loadFile(kept);
            } else {
                loadCopy(content, folder);
            }
        } catch (IOException inFolder) {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
            try {
                loadCopy(content, temporary);
            } catch (IOException inTemporary) {
                throw new LibraryException(new StoreTrouble(
                        "SQLite's library can be loaded neither from the data folder %s (%s) nor from the temporary folder %s (%s)"
                                .formatted(folder, reason(inFolder), temporary, reason(inTemporary)),
                        "let one of the two be writable, have 2 MB of room and not be mounted noexec, or name another data"
                                + " folder with --data"));
            }
        }
    }

    private static Optional<byte[]> inTheJar() {
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(RESOURCE)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            LOG.debug("The library {} cannot be read", RESOURCE, e);
            return Optional.empty();
        }
    }

    private static boolean holds(Path file, byte[] content) {
        try {
            return Files.size(file) == content.length && Arrays.equals(Files.readAllBytes(file), content);
        } catch (IOException e) {
            return false;
        }
    }

    /** Replaces the file as a whole: a bridge may be running with the old one. */
    private static void unpack(byte[] content, Path file) throws IOException {
        Path written = file.resolveSibling(KEPT + ".new");
        try {
            FileRights.reserve(written);
            Files.write(written, content);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(written);
        }
    }

    private static void loadCopy(byte[] content, Path folder) throws IOException {
        Path copy = Files.createTempFile(folder, "lightnvr-mqtt-", "-" + NAME);
        try {
            Files.write(copy, content);
            loadFile(copy);
        } finally {
            delete(copy);
        }
    }

    private static void loadFile(Path file) throws IOException {
        try {
            System.load(file.toString());
        } catch (UnsatisfiedLinkError e) {
            throw new IOException(e.getMessage().replace(file + ": ", ""), e);
        }
        System.setProperty(LIB_PATH, file.getParent().toString());
        System.setProperty("org.sqlite.lib.name", file.getFileName().toString());
        System.setProperty("org.sqlite.tmpdir", file.getParent().toString());
        initializeDriver();
    }

    private static void initializeDriver() throws LibraryException {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) { // as it declares
            throw new LibraryException(new StoreTrouble(
                    "SQLite's library cannot be loaded (" + e.getMessage() + ")",
                    "name the folder of one for this machine with -D" + LIB_PATH));
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("The file {} stays", file, e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        } else if (e instanceof AccessDeniedException) {
            return "no right to write there";
        }
        return e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
    }
}
