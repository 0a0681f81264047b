package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetupRoutesTest {

    private static final SetupPage.Trouble MISSING =
            new SetupPage.Trouble("nvr.url", "is missing", "set it to the recorder's address");
    private static final SetupPage.Trouble HOSTILE = new SetupPage.Trouble("", "is [\"<b>\n\uD800]", "");

    private final SetupRoutes routes = new SetupRoutes(new SetupPage.Missing("0.3.0", List.of(MISSING, HOSTILE)));

    private Answer get(String path) {
        return routes.answer(new Request("GET", path, Map.of(), new byte[0]));
    }

    private static String text(Answer answer) {
        return new String(((Answer.Whole) answer.body()).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void tellsWhatIsMissing() {
        assertThat(text(get("api/setup")))
                .isEqualTo("{\"version\":\"0.3.0\","
                        + "\"problems\":[{\"key\":\"nvr.url\",\"sentence\":\"is missing\","
                        + "\"what_to_do\":\"set it to the recorder's address\"},"
                        + "{\"key\":\"\",\"sentence\":\"is [\\\"<b>\\n?]\",\"what_to_do\":\"\"}]}");
    }

    @Test
    void letsThePageListenForTheEnd() {
        assertThat(get("api/events").body()).isInstanceOf(Answer.Events.class);
    }

    @Test
    void isNotHealthy() {
        assertThat(get("healthz").status()).isEqualTo(503);
    }

    @Test
    void hasNoBridge() {
        for (String path : List.of("api/status", "api/visits", "api/forget", "metrics", "")) {
            assertThat(get(path).status()).isEqualTo(404);
            assertThat(text(get(path))).contains("There is no bridge");
        }
    }
}
