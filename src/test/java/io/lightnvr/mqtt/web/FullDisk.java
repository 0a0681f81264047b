package io.lightnvr.mqtt.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** A disk on which so many bytes can be written, and no more; what is deleted makes no room. */
final class FullDisk implements HistoryFolder.Opener {

    int room = Integer.MAX_VALUE;

    @Override
    public SeekableByteChannel open(Path file, Set<? extends OpenOption> how, FileAttribute<?>... rights)
            throws IOException {
        return new Channel(Files.newByteChannel(file, how, rights));
    }

    private final class Channel implements SeekableByteChannel {

        private final SeekableByteChannel file;

        Channel(SeekableByteChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            if (room == 0) {
                throw new IOException("No space left on device");
            }
            int size = Math.min(room, from.remaining());
            file.write(from.slice(from.position(), size));
            from.position(from.position() + size);
            room -= size;
            return size;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return file.read(into);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public SeekableByteChannel position(long newPosition) throws IOException {
            file.position(newPosition);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
