package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.status.LogLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes on what is logged, and keeps its last lines; no fault with these reaches the one who logs. Thread-safe. */
final class LogTee extends OutputStream {

    /** What slf4j-simple writes, as {@link Logging} has set it up. */
    private static final Pattern LINE = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}) (TRACE|DEBUG|INFO|WARN|ERROR) \\S+ - (.*)",
            Pattern.DOTALL);

    /** A longer line is cut. */
    private static final int LONGEST = 4_000;

    private final OutputStream out;
    private final LogLines lines;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    LogTee(OutputStream out, LogLines lines) {
        this.out = out;
        this.lines = lines;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        take(bytes, offset, offset + length);
        out.write(bytes, offset, length);
    }

    @Override
    public synchronized void flush() throws IOException {
        out.flush();
    }

    private void take(byte[] bytes, int begin, int end) {
        int from = begin;
        for (int i = begin; i < end; i++) {
            if (bytes[i] == '\n') {
                begin(bytes, from, i);
                end();
                from = i + 1;
            }
        }
        begin(bytes, from, end);
    }

    private void begin(byte[] bytes, int from, int to) {
        begun.write(bytes, from, Math.min(to - from, LONGEST - begun.size()));
    }

    private void end() {
        String line = begun.toString(StandardCharsets.UTF_8);
        begun.reset();
        try {
            lines.add(parsed(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
        } catch (RuntimeException e) {
            // It cannot be logged here, and what was logged matters more.
        }
    }

    private static LogLines.Line parsed(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                ? new LogLines.Line(parts.group(1), parts.group(2), parts.group(3))
                : new LogLines.Line("", "", line);
    }
}
