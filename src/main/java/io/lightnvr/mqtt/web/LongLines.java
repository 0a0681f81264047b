package io.lightnvr.mqtt.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the lines of a text one at a time, and leaves out those that are too long to be held. */
final class LongLines {

    private final InputStream text;
    private final int mostBytes;
    private boolean isOver;

    /**
     * @param text in UTF-8
     * @param mostBytes of a line
     */
    LongLines(InputStream text, int mostBytes) {
        this.text = new BufferedInputStream(text);
        this.mostBytes = mostBytes;
    }

    /** The next line that is not too long; empty at the end. What follows the last line break is a line, too. */
    Optional<String> next() throws IOException {
        while (!isOver) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            boolean fits = read(line);
            if (fits && !(isOver && line.size() == 0)) {
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /** Leaves out a line, however long it is. */
    void skip() throws IOException {
        read(new ByteArrayOutputStream());
    }

    /** Reads to the end of a line; returns whether all of it is in {@code line}. */
    private boolean read(ByteArrayOutputStream line) throws IOException {
        boolean fits = true;
        int next = text.read();
        while (next >= 0 && next != '\n') {
            fits &= line.size() < mostBytes;
            if (fits) {
                line.write(next);
            }
            next = text.read();
        }
        isOver = next < 0;
        return fits;
    }
}
