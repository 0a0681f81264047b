package io.lightnvr.mqtt.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Writes answers. An exchange is only ever ended by its body's end, or by an exception out of the handler: only then does the JDK's
 * server forget its connection.
 */
final class AnswerWriter {

    private static final Duration COMMENT_EVERY = Duration.ofSeconds(15);
    private static final int NO_BODY = -1;
    private static final int UNKNOWN_LENGTH = 0;
    private static final int NOT_MODIFIED = 304;
    private static final int UNAVAILABLE = 503;

    private final Map<String, String> always;
    private final Broadcast broadcast;
    private final PageThreads threads;

    AnswerWriter(boolean ingress, Broadcast broadcast, PageThreads threads) {
        this.always = SecurityHeaders.of(ingress);
        this.broadcast = broadcast;
        this.threads = threads;
    }

    /**
     * Writes an answer to its end.
     *
     * @throws IOException if it is not taken, or not in time; the exchange must be left at once
     */
    void write(HttpExchange exchange, Answer answer) throws IOException, InterruptedException {
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        if (answer.body() instanceof Answer.Whole whole) {
            writeWhole(exchange, answer, whole.bytes(), isHead);
        } else if (isHead) {
            begin(exchange, answer, NO_BODY);
        } else if (answer.body() instanceof Answer.Bits bits) {
            writeBits(exchange, answer, bits.streamed());
        } else {
            writeEvents(exchange, answer);
        }
    }

    private void writeWhole(HttpExchange exchange, Answer answer, byte[] bytes, boolean isHead) throws IOException {
        if (isHead || bytes.length == 0) {
            if (answer.status() != NOT_MODIFIED) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            }
            begin(exchange, answer, NO_BODY);
        } else {
            OutputStream out = begin(exchange, answer, bytes.length);
            out.write(bytes);
            out.close();
        }
    }

    private void writeBits(HttpExchange exchange, Answer answer, Answer.Streamed streamed)
            throws IOException, InterruptedException {
        OutputStream out = begin(exchange, answer.with("Connection", "close"), UNKNOWN_LENGTH);
        streamed.writeTo(new PromptOutput(out, threads.deadline()));
        threads.deadline().within(PageThreads.PATIENCE);
        out.close();
    }

    private void writeEvents(HttpExchange exchange, Answer answer) throws IOException, InterruptedException {
        Optional<Listener> place = broadcast.listen(Thread.currentThread()::interrupt);
        if (place.isEmpty()) {
            write(exchange, Answer.error(UNAVAILABLE, "Too many pages are open").with("Retry-After", "10"));
            return;
        }
        threads.beginListening();
        try {
            OutputStream out = begin(exchange, answer.with("Connection", "close"), UNKNOWN_LENGTH);
            OutputStream prompt = new PromptOutput(out, threads.deadline());
            for (Optional<byte[]> frame = place.get().next(COMMENT_EVERY);
                    frame.isPresent();
                    frame = place.get().next(COMMENT_EVERY)) {
                if (place.get().isRenewing()) {
                    broadcast.leave(place.get());
                }
                prompt.write(frame.get());
            }
            threads.deadline().within(PageThreads.PATIENCE);
            out.close();
        } finally {
            broadcast.leave(place.get());
            threads.endListening();
        }
    }

    private OutputStream begin(HttpExchange exchange, Answer answer, long length) throws IOException {
        threads.deadline().within(PageThreads.PATIENCE);
        Headers headers = exchange.getResponseHeaders();
        always.forEach(headers::set);
        answer.headers().forEach(headers::set);
        exchange.sendResponseHeaders(answer.status(), length);
        return exchange.getResponseBody();
    }

    /** Sends each write at once, and waits for it only so long; between two of them there is no hurry. */
    private static final class PromptOutput extends OutputStream {

        private final OutputStream out;
        private final Deadline deadline;

        PromptOutput(OutputStream out, Deadline deadline) {
            this.out = out;
            this.deadline = deadline;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            deadline.within(PageThreads.PATIENCE);
            out.write(bytes, offset, length);
            out.flush();
            deadline.lift();
        }
    }
}
