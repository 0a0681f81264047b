package io.lightnvr.mqtt.source.lightnvr;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads answers of HTTP/1.1 from a connection, one after the other (RFC 9112): with a length, in chunks, or up to the end of the
 * connection; early ones (1xx) are skipped. Stops at the first byte beyond a limit. For one thread at a time.
 */
final class AnswerReader {

    /** The most bytes of a head, with the early answers before it, and of a line between chunks. */
    static final int LONGEST_HEAD = 128 << 10;

    private static final int USUAL_BUFFER = 8 << 10;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final InputStream in;
    private byte[] buffer = new byte[USUAL_BUFFER];

    /** What was read and not yet taken: from {@code next} to before {@code end}. */
    private int next;

    private int end;

    /** The line that {@link #readLine} found, without its end. */
    private int lineStart;

    private int lineEnd;
    private int headBytes;
    private boolean hasBegun;

    AnswerReader(InputStream in) {
        this.in = in;
    }

    /** Returns whether any byte of the last answer came. */
    boolean hasBegun() {
        return hasBegun;
    }

    /**
     * Reads the next answer.
     *
     * @param maxBytes the size of the largest body
     * @throws TooLongException if the body is longer
     * @throws IOException if the answer breaks off, or is none
     */
    HttpAnswer read(int maxBytes) throws IOException {
        hasBegun = false;
        headBytes = 0;
        AnswerHead head = readHead();
        while (head.isEarly()) {
            if (head.status() == SWITCHING_PROTOCOLS) {
                throw new BrokenAnswerException("another protocol");
            }
            head = readHead();
        }
        byte[] body = readBody(head, maxBytes);
        boolean isLast = head.isClosing() || next < end;
        if (!isLast && buffer.length > USUAL_BUFFER) {
            buffer = new byte[USUAL_BUFFER];
            next = 0;
            end = 0;
        }
        return new HttpAnswer(head.status(), head.cookies(), head.location(), body, isLast);
    }

    private AnswerHead readHead() throws IOException {
        readLine();
        AnswerHead head = AnswerHead.of(buffer, lineStart, lineEnd);
        while (readLine()) {
            head.header(buffer, lineStart, lineEnd);
        }
        head.end();
        return head;
    }

    private byte[] readBody(AnswerHead head, int maxBytes) throws IOException {
        if (head.isChunked()) {
            return readChunks(maxBytes);
        }
        if (head.length() == AnswerHead.OPEN) {
            return readToTheEnd(maxBytes);
        }
        if (head.length() > maxBytes) {
            throw new TooLongException(maxBytes);
        }
        return readBytes((int) head.length());
    }

    private byte[] readBytes(int length) throws IOException {
        byte[] body = new byte[length];
        int count = Math.min(length, end - next);
        System.arraycopy(buffer, next, body, 0, count);
        next += count;
        if (in.readNBytes(body, count, length - count) < length - count) {
            throw new EOFException();
        }
        return body;
    }

    private byte[] readToTheEnd(int maxBytes) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        do {
            if (body.size() + (end - next) > maxBytes) {
                throw new TooLongException(maxBytes);
            }
            body.write(buffer, next, end - next);
            next = end;
        } while (fill());
        return body.toByteArray();
    }

    private byte[] readChunks(int maxBytes) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = readChunkSize(); size > 0; size = readChunkSize()) {
            if (size > maxBytes - body.size()) {
                throw new TooLongException(maxBytes);
            }
            body.writeBytes(readBytes(size));
            if (readLine()) {
                throw new BrokenAnswerException("a chunk of another size");
            }
        }
        while (readLine()) {
            // Nobody here asks for a trailer.
        }
        return body.toByteArray();
    }

    /** Reads the line before a chunk: its size in hexadecimal digits, and what else it may hold after a semicolon. */
    private int readChunkSize() throws IOException {
        headBytes = 0;
        readLine();
        long size = 0;
        int at = lineStart;
        for (int digit = hexDigit(at); digit >= 0; digit = hexDigit(at)) {
            size = Math.min(Integer.MAX_VALUE, 16 * size + digit);
            at++;
        }
        if (at == lineStart || at < lineEnd && buffer[at] != ';' && buffer[at] != ' ') {
            throw new BrokenAnswerException("no size of a chunk");
        }
        return (int) size;
    }

    private int hexDigit(int at) {
        return at < lineEnd && buffer[at] > 0 ? Character.digit((char) buffer[at], 16) : -1;
    }

    /**
     * Reads a line, which ends in LF or CR LF.
     *
     * @return whether it is not empty
     */
    private boolean readLine() throws IOException {
        int scanned = 0;
        while (next + scanned == end || buffer[next + scanned] != '\n') {
            if (next + scanned < end) {
                scanned++;
            } else if (!fill()) {
                throw new EOFException();
            }
        }
        lineStart = next;
        lineEnd = next + scanned;
        next = lineEnd + 1;
        if (lineEnd > lineStart && buffer[lineEnd - 1] == '\r') {
            lineEnd--;
        }
        headBytes += next - lineStart;
        if (headBytes > LONGEST_HEAD) {
            throw new BrokenAnswerException("a head without an end");
        }
        for (int i = lineStart; i < lineEnd; i++) {
            if (buffer[i] == '\r' || buffer[i] == 0) {
                throw new BrokenAnswerException("a control character");
            }
        }
        return lineEnd > lineStart;
    }

    /** Reads some bytes more; returns whether there were any. Keeps what was not taken, and makes room for more. */
    private boolean fill() throws IOException {
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, end - next);
            end -= next;
            next = 0;
        }
        if (end == buffer.length) {
            if (buffer.length >= LONGEST_HEAD) {
                throw new BrokenAnswerException("a line without an end");
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = in.read(buffer, end, buffer.length - end);
        hasBegun |= count > 0;
        end += Math.max(0, count);
        return count > 0;
    }
}
