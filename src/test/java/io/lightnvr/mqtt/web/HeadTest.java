package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {

    @ParameterizedTest
    @CsvSource({
        "/, ''",
        "/api/visits, api/visits",
        "/lang/de.json, lang/de.json",
        "/a%20b+c%C3%BC, a b+cü",
        "/%61pi/status, api/status",
    })
    void decodesThePath(String raw, String path) {
        assertThat(Heads.get(raw).head().path()).hasValue(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "api",
                "//",
                "//etc/passwd",
                "/api/",
                "/api//status",
                "/.",
                "/..",
                "/../x.js",
                "/a/../x.js",
                "/a/..",
                "/%2e%2e/x.js",
                "/%2E./x.js",
                "/a%2Fb",
                "/a%2fb",
                "/..%2fx.js",
                "/a%5Cb",
                "/..%5C..%5Cx.js",
                "/.git/config",
                "/a/.hidden.js",
                "/a%00.js",
                "/a%0d%0ab",
                "/a%7Fb",
                "/%",
                "/%zz",
                "/%-1"
            })
    void refusesAPathThatNothingHas(String raw) {
        assertThat(Heads.get(raw).head().path()).isEmpty();
    }

    @Test
    void refusesAPathThatIsLongerThanAny() {
        assertThat(Heads.get("/a".repeat(128)).head().path()).isPresent();
        assertThat(Heads.get("/a".repeat(128) + "b").head().path()).isEmpty();
    }

    @Test
    void decodesTheQueryAndTakesTheFirstOfEach() {
        Head head = Heads.get("/api/picture?stream=front+door%2B%C3%BC&t=1&t=2&empty=&=x&none&%zz=1&bad=%zz&a=b=c")
                .head();

        assertThat(head.query())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("stream", "front door+ü", "t", "1", "empty", "", "a", "b=c"));
        assertThat(Heads.get("/").head().query()).isEmpty();
    }

    @Test
    void findsAHeaderInWhateverCaseUnlessItIsThereTwice() {
        Head head = Heads.get("/")
                .set("Sec-fetch-site", "none")
                .add("X-Token", "a")
                .add("X-Token", "b")
                .head();

        assertThat(head.header("Sec-Fetch-Site")).hasValue("none");
        assertThat(head.header("x-token")).isEmpty();
        assertThat(head.all("x-token")).containsExactly("a", "b");
        assertThat(head.header("Origin")).isEmpty();
    }

    @Test
    void countsItsBytes() {
        int before = Heads.get("/a?b").head().bytes();

        assertThat(Heads.get("/a?b").set("Name", "value").set("Two", "").head().bytes() - before)
                .isEqualTo("Name: value\r\n".length() + "Two: \r\n".length());
        assertThat(Heads.get("/aa?bb").head().bytes() - before).isEqualTo(2);
    }
}
