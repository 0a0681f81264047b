package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import org.junit.jupiter.api.Test;

class PathSegmentTest {

    @Test
    void keepsWhatRfc3986CallsUnreservedAndEncodesTheRest() {
        assertThat(of("cam.1_a-b~Z9")).isEqualTo("cam.1_a-b~Z9");
        assertThat(of("Back Yard")).isEqualTo("Back%20Yard");
        assertThat(of("a/b+c#d?e&f=g%h:i@j!k'")).isEqualTo("a%2Fb%2Bc%23d%3Fe%26f%3Dg%25h%3Ai%40j%21k%27");
        assertThat(of("Tür前\n\"><")).isEqualTo("T%C3%BCr%E5%89%8D%0A%22%3E%3C");
    }

    @Test
    void encodesNamesThatWouldMeanAnotherFolder() {
        assertThat(of(".")).isEqualTo("%2E");
        assertThat(of("..")).isEqualTo("%2E%2E");
        assertThat(of("...")).isEqualTo("...");
    }

    @Test
    void hasNoneForANameThatIsTooLongWhenEncoded() {
        assertThat(of("x".repeat(255))).hasSize(255);
        assertThat(PathSegment.of(new StreamName("x".repeat(256)))).isEmpty();
        assertThat(of(" ".repeat(85))).hasSize(255);
        assertThat(PathSegment.of(new StreamName(" ".repeat(86)))).isEmpty();
    }

    private static String of(String name) {
        return PathSegment.of(new StreamName(name)).orElseThrow().text();
    }
}
