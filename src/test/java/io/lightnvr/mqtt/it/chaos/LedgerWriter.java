package io.lightnvr.mqtt.it.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a {@link Ledger}. What it was given is in the file when it returns, whoever is killed after that. */
final class LedgerWriter implements AutoCloseable {

    private final FileChannel file;

    private LedgerWriter(FileChannel file) {
        this.file = file;
    }

    /** Opens a file that may be there, and takes away what a kill left of its last line. */
    static LedgerWriter open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        byte[] old = Files.readAllBytes(path);
        int length = old.length;
        while (length > 0 && old[length - 1] != '\n') {
            length--;
        }
        file.truncate(length).position(length);
        return new LedgerWriter(file);
    }

    void begun(long at) {
        write(Ledger.BEGUN + at);
    }

    void step(Ledger.Step step) {
        write(Ledger.STEP + step.at() + "\t" + step.ahead());
    }

    /** The rows of one frame. */
    void rows(List<Filed> rows) {
        write(rows.stream().map(row -> Ledger.ROW + row.line()).collect(Collectors.joining("\n")));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void write(String lines) {
        ByteBuffer bytes = ByteBuffer.wrap((lines + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
