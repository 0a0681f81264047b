package io.lightnvr.mqtt.broker.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The content of a file with certificates or keys.
 *
 * @param option the option that names the file
 */
record TlsFile(String option, Path path, byte[] bytes) {

    /** Twice as much as all authorities of a system take. */
    private static final int MAX_BYTES = 512 << 10;

    /**
     * Reads a file of at most 512 KiB.
     *
     * @throws UnusableFileException if it cannot be read, or is larger
     */
    static TlsFile read(String option, Path path) throws UnusableFileException {
        if (Files.isDirectory(path)) {
            throw new UnusableFileException(option, path, "is a folder", "name a file in it");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UnusableFileException(option, path, "is larger than 512 KiB", "name a PEM file");
            }
            return new TlsFile(option, path, bytes);
        } catch (UnusableFileException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new UnusableFileException(option, path, "does not exist", "check the path");
        } catch (AccessDeniedException e) {
            throw new UnusableFileException(
                    option, path, "is not readable by this user", "give the user the right to read it");
        } catch (IOException e) {
            throw new UnusableFileException(option, path, "cannot be read", "check the file and its disk");
        }
    }

    /** The PEM blocks, in order; other text between them is skipped. */
    List<PemBlock> blocks() {
        return PemReader.read(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    UnusableFileException unusable(String rule, String whatToDo) {
        return new UnusableFileException(option, path, rule, whatToDo);
    }

    @Override
    public String toString() {
        return option + ": " + path;
    }
}
