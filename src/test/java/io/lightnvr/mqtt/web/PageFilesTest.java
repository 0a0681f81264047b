package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageFilesTest {

    private final PageFiles files =
            new PageFiles("io/lightnvr/mqtt/web/testpage/", Map.of("@TOKEN@", "t0ken", "@MODE@", "setup"));

    @Test
    void fillsInThePage() {
        Answer page = answer("").orElseThrow();

        assertThat(page.status()).isEqualTo(200);
        assertThat(Answers.body(page))
                .contains("<meta name=\"token\" content=\"t0ken\">", "<meta name=\"mode\" content=\"setup\">");
        assertThat(Answers.body(answer("index.html").orElseThrow())).isEqualTo(Answers.body(page));
        assertThat(Answers.body(answer("main.js").orElseThrow())).contains("@TOKEN@");
    }

    @ParameterizedTest
    @CsvSource({
        "'', text/html; charset=utf-8",
        "page.css, text/css; charset=utf-8",
        "main.js, text/javascript; charset=utf-8",
        "lang/de.json, application/json",
        "icon.min.svg, image/svg+xml",
    })
    void saysWhatAFileIs(String path, String type) {
        assertThat(answer(path).orElseThrow().headers()).containsEntry("Content-Type", type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes.txt", "lang", "lang/", "none.js", "main.JS", "main", "../PageFilesTest.class",
                        "../testpage/main.js",
                "/main.js", "lang/../main.js", ".js", "lang/.js", "main.js.", "a//b.js", "main.js/", "main.js\u0000.js"
            })
    void hasNothingElse(String path) {
        assertThat(answer(path)).isEmpty();
    }

    @Test
    void hasNoneOfTheClassesThatLieBesideThePage() {
        PageFiles beside = new PageFiles("io/lightnvr/mqtt/web/", Map.of());

        assertThat(beside.answer("PageServer.class", Optional.empty())).isEmpty();
        assertThat(beside.answer("", Optional.empty())).isPresent();
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() {
        Answer first = answer("main.js").orElseThrow();
        String tag = first.headers().get("ETag");

        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(first.headers()).containsEntry("Cache-Control", "no-cache");
        for (String known : new String[] {tag, "W/" + tag, "\"x\", " + tag}) {
            Answer second = files.answer("main.js", Optional.of(known)).orElseThrow();
            assertThat(second.status()).isEqualTo(304);
            assertThat(Answers.body(second)).isEmpty();
            assertThat(second.headers()).containsEntry("ETag", tag);
        }
        assertThat(files.answer("main.js", Optional.of("\"x\"")).orElseThrow().status())
                .isEqualTo(200);
    }

    @Test
    void thePageIsAnotherAfterARestart() {
        PageFiles next = new PageFiles("io/lightnvr/mqtt/web/testpage/", Map.of("@TOKEN@", "other"));

        String tag = answer("").orElseThrow().headers().get("ETag");

        assertThat(next.answer("", Optional.of(tag)).orElseThrow().status()).isEqualTo(200);
    }

    private Optional<Answer> answer(String path) {
        return files.answer(path, Optional.empty());
    }
}
