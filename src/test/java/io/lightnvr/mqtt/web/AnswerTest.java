package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerTest {

    @Test
    void jsonAndTextMayNotBeKept() {
        assertThat(Answer.json(new byte[0]).headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Cache-Control", "no-store");
        assertThat(Answer.text("ü").headers())
                .containsEntry("Content-Type", "text/plain; charset=utf-8")
                .containsEntry("Cache-Control", "no-store");
        assertThat(Answers.body(Answer.text("ü"))).isEqualTo("ü");
    }

    @Test
    void anErrorIsASentenceInJson() {
        Answer error = Answer.error(404, "No \"such\" stream\n");

        assertThat(error.status()).isEqualTo(404);
        assertThat(Answers.body(error)).isEqualTo("{\"error\":\"No \\\"such\\\" stream\\n\"}");
        assertThat(error.headers()).containsEntry("Content-Type", "application/json");
    }

    @Test
    void whatNeverChangesMayBeKeptByTheBrowserAlone() {
        Answer picture = Answer.immutable("image/jpeg", new byte[] {1});

        assertThat(picture.status()).isEqualTo(200);
        assertThat(picture.headers())
                .containsEntry("Content-Type", "image/jpeg")
                .containsEntry("Cache-Control", "private, max-age=31536000, immutable");
    }

    @Test
    void proxiesMayNeitherCompressNorHoldBackWhatComesBitByBit() {
        assertThat(Answer.events().headers())
                .containsEntry("Content-Type", "text/event-stream")
                .containsEntry("Cache-Control", "no-store, no-transform")
                .containsEntry("X-Accel-Buffering", "no");
        assertThat(Answer.streamed("application/octet-stream", out -> {}).headers())
                .containsEntry("Content-Type", "application/octet-stream")
                .containsEntry("Cache-Control", "no-store, no-transform")
                .containsEntry("X-Accel-Buffering", "no");
    }

    @Test
    void anotherHeaderMakesAnotherAnswer() {
        Answer first = Answer.of(503, "text/plain", "later".getBytes(StandardCharsets.UTF_8));

        Answer second = first.with("Retry-After", "10").with("Cache-Control", "no-cache");

        assertThat(first.headers()).doesNotContainKey("Retry-After");
        assertThat(second.headers()).containsEntry("Retry-After", "10").containsEntry("Cache-Control", "no-cache");
        assertThat(second.status()).isEqualTo(503);
        assertThat(second.body()).isEqualTo(first.body());
    }
}
