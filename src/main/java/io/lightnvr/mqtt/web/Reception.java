package io.lightnvr.mqtt.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/** What happens to a request: it is refused at the door, or answered by a file or by the routes. Thread-safe. */
final class Reception {

    private static final int MOST_HEAD_BYTES = 8 << 10;
    private static final int MOST_BODY_BYTES = 4 << 10;

    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int HEAD_TOO_LARGE = 431;
    private static final int INTERNAL_ERROR = 500;

    private final Door door;
    private final PageFiles files;
    private final Routes routes;
    private final FaultLog faults;

    Reception(Door door, PageFiles files, Routes routes, FaultLog faults) {
        this.door = door;
        this.files = files;
        this.routes = routes;
        this.faults = faults;
    }

    /**
     * Answers a request.
     *
     * @param body read only of those that are let in
     * @param arrived called once all of it has arrived that is wanted
     * @throws IOException if the body does not arrive
     */
    Answer answer(Head head, InputStream body, Runnable arrived) throws IOException, InterruptedException {
        if (head.bytes() > MOST_HEAD_BYTES) {
            return Answer.error(HEAD_TOO_LARGE, "The head of the request is longer than 8 KiB");
        }
        Optional<String> path = head.path();
        if (path.isEmpty()) {
            return Answer.error(NOT_FOUND, "There is nothing here");
        }
        Optional<Answer> early =
                door.refusal(head, path.get()).or(() -> files.answer(path.get(), head.header("If-None-Match")));
        if (early.isPresent()) {
            return early.get();
        }
        byte[] sent = body.readNBytes(MOST_BODY_BYTES + 1);
        if (sent.length > MOST_BODY_BYTES) {
            return Answer.error(TOO_LARGE, "The body of the request is longer than 4 KiB")
                    .with("Connection", "close");
        }
        arrived.run();
        String method = head.method().equals("HEAD") ? "GET" : head.method();
        return routed(new Request(method, path.get(), head.query(), sent));
    }

    private Answer routed(Request request) throws InterruptedException {
        try {
            return Objects.requireNonNull(routes.answer(request), () -> "No answer to " + request.path());
        } catch (RuntimeException | Error e) {
            faults.add(e);
            return Answer.error(INTERNAL_ERROR, "The bridge has made a mistake; its log tells more");
        }
    }
}
