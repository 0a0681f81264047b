package io.lightnvr.mqtt.broker.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a file with certificates or keys.
 *
 * @param option the option that names the file
 */
record TlsFile(String option, Path path, byte[] bytes) {

    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]+)-----\\s*\\R((?:[A-Za-z0-9-]+:.*\\R(?:[ \\t]+.*\\R)*)*)([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /**
     * Reads a file of at most 1 MiB.
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
                throw new UnusableFileException(option, path, "is larger than 1 MiB", "name a PEM file");
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
        Matcher matcher = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        List<PemBlock> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new PemBlock(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        return blocks;
    }

    UnusableFileException unusable(String rule, String whatToDo) {
        return new UnusableFileException(option, path, rule, whatToDo);
    }

    @Override
    public String toString() {
        return option + ": " + path;
    }
}
