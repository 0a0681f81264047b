package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.status.LogLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes on what is logged, and keeps its last lines. Thread-safe. */
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
    public synchronized void write(int value) throws IOException {
        out.write(value);
        take((byte) value);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        for (int i = offset; i < offset + length; i++) {
            take(bytes[i]);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        out.flush();
    }

    private void take(byte value) {
        if (value == '\n') {
            String line = begun.toString(StandardCharsets.UTF_8);
            begun.reset();
            lines.add(parsed(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
        } else if (begun.size() < LONGEST) {
            begun.write(value);
        }
    }

    private static LogLines.Line parsed(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                ? new LogLines.Line(parts.group(1), parts.group(2), parts.group(3))
                : new LogLines.Line("", "", line);
    }
}
