package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.config.RecorderEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in each line of the log which of several recorders it is about, by the thread that logs. Thread-safe. */
final class RecorderLog extends OutputStream {

    /** What slf4j-simple writes, as {@link Logging} has set it up. */
    private static final Pattern LINE = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} (?:TRACE|DEBUG|INFO|WARN|ERROR) \\S+ - )(.*)",
            Pattern.DOTALL);

    private final OutputStream out;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    RecorderLog(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                begun.write(bytes, from, i + 1 - from);
                out.write(named(begun.toString(StandardCharsets.UTF_8), RecorderThreads.current())
                        .getBytes(StandardCharsets.UTF_8));
                begun.reset();
                from = i + 1;
            }
        }
        begun.write(bytes, from, offset + length - from);
    }

    @Override
    public synchronized void flush() throws IOException {
        out.flush();
    }

    private static String named(String line, Optional<RecorderEntry> recorder) {
        Matcher parts = LINE.matcher(line);
        return recorder.isPresent() && parts.matches()
                ? parts.group(1) + "[" + recorder.get().name() + "] "
                        + recorder.get().spelled(parts.group(2))
                : line;
    }
}
