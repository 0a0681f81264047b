package io.lightnvr.mqtt.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a whole configuration file, UTF-8 with or without a byte order mark, at most 1 MiB. */
final class FileText {

    private static final int MAX_BYTES = 1 << 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private FileText() {}

    static String read(Path file) throws ConfigurationException {
        byte[] bytes = bytes(file);
        if (bytes.length > MAX_BYTES) {
            throw refused(file, "is larger than 1 MiB", "name a configuration file");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw refused(file, "is not UTF-8 text", "save it as UTF-8");
        }
    }

    private static byte[] bytes(Path file) throws ConfigurationException {
        if (Files.isDirectory(file)) {
            throw refused(file, "is a folder", "name a file in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw refused(file, "does not exist", "check the path");
        } catch (AccessDeniedException e) {
            throw refused(file, "must not be read by this user", "give the user the right to read it");
        } catch (IOException e) {
            throw refused(file, "cannot be read", "check the file and its disk");
        }
    }

    private static ConfigurationException refused(Path file, String rule, String whatToDo) {
        return new ConfigurationException(Problem.of(file.toString(), rule, whatToDo));
    }
}
