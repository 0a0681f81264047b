package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.CapturedLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceptionTest {

    private static final int MOST_BODY = 4 << 10;

    private final Token token = new Token();
    private final List<Request> requests = new ArrayList<>();
    private Routes routes = request -> Answer.text("routed");
    private int arrived;

    @Test
    void asksTheRoutes() throws Exception {
        Answer answer = answer(Heads.get("/api/visits?a=b"), new byte[0]);

        assertThat(Answers.body(answer)).isEqualTo("routed");
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).method()).isEqualTo("GET");
        assertThat(requests.get(0).path()).isEqualTo("api/visits");
        assertThat(requests.get(0).query()).isEqualTo(Map.of("a", "b"));
        assertThat(arrived).isOne();
    }

    @Test
    void theRoutesNeedNotKnowHead() throws Exception {
        answer(Heads.of("HEAD", "/metrics"), new byte[0]);

        assertThat(requests.get(0).method()).isEqualTo("GET");
    }

    @Test
    void filesComeBeforeRoutes() throws Exception {
        assertThat(Answers.body(answer(Heads.get("/page.css"), new byte[0]))).isEqualTo("body {}\n");
        assertThat(requests).isEmpty();
    }

    @Test
    void readsABodyOf4KiB() throws Exception {
        byte[] body = new byte[MOST_BODY];
        body[MOST_BODY - 1] = 1;

        assertThat(answer(action(), body).status()).isEqualTo(200);
        assertThat(requests.get(0).body()).isEqualTo(body);
    }

    @Test
    void refusesALongerOne() throws Exception {
        Answer answer = answer(action(), new byte[MOST_BODY + 1]);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(Answers.error(answer)).isEqualTo("The body of the request is longer than 4 KiB");
        assertThat(answer.headers()).containsEntry("Connection", "close");
        assertThat(requests).isEmpty();
    }

    @Test
    void refusesAHeadOfMoreThan8KiB() throws Exception {
        assertThat(answer(Heads.get("/api/x").set("A", "b".repeat(8_000)), new byte[0])
                        .status())
                .isEqualTo(200);
        Answer answer = answer(Heads.get("/api/x").set("A", "b".repeat(8_192)), new byte[0]);

        assertThat(answer.status()).isEqualTo(431);
        assertThat(Answers.error(answer)).isEqualTo("The head of the request is longer than 8 KiB");
        assertThat(answer(Heads.get("/" + "a".repeat(8_192)), new byte[0]).status())
                .isEqualTo(431);
    }

    @Test
    void doesNotReadTheBodyOfOneWhoIsRefused() throws Exception {
        InputStream unread = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("It is not to be read");
            }
        };

        assertThat(reception()
                        .answer(Heads.post("/api/check").head(), unread, () -> {})
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aPathThatNothingHasIsNotAskedFor() throws Exception {
        assertThat(answer(Heads.get("/../x"), new byte[0]).status()).isEqualTo(404);
        assertThat(requests).isEmpty();
    }

    @Test
    void aFaultOfTheRoutesIsAnAnswer() throws Exception {
        for (Routes faulty : List.<Routes>of(
                request -> {
                    throw new IllegalStateException("Oops");
                },
                request -> {
                    throw new StackOverflowError();
                },
                request -> null)) {
            routes = faulty;
            try (CapturedLog log = new CapturedLog()) {
                Answer answer = answer(Heads.get("/api/x"), new byte[0]);

                assertThat(answer.status()).isEqualTo(500);
                assertThat(Answers.error(answer)).isEqualTo("The bridge has made a mistake; its log tells more");
                assertThat(log.lines()).anyMatch(line -> line.startsWith("ERROR Internal error of the page"));
            }
        }
    }

    private Heads action() {
        return Heads.post("/api/check").set("X-Token", token.text());
    }

    private Answer answer(Heads heads, byte[] body) throws IOException, InterruptedException {
        return reception().answer(heads.head(), new ByteArrayInputStream(body), () -> arrived++);
    }

    private Reception reception() {
        return new Reception(
                new Door(false, Optional.empty(), token),
                new PageFiles("io/lightnvr/mqtt/web/testpage/", Map.of()),
                request -> {
                    requests.add(request);
                    return routes.answer(request);
                },
                new FaultLog(new ManualNanos()));
    }
}
