package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecorderAccessTest {

    @Test
    void neverPrintsASecret() {
        RecorderAccess access = new RecorderAccess(
                URI.create("http://nvr:8080"),
                Optional.of(new RecorderAccess.Login("joe", "hunter2")),
                Optional.of("key-1"));

        assertThat(access)
                .hasToString("RecorderAccess[url=http://nvr:8080,"
                        + " login=Optional[Login[username=joe, password=***]], apiKey=Optional[***]]");
    }

    @Test
    void dropsSlashesAtTheEndAndWhiteSpaceAroundTheKey() {
        assertThat(access("https://nvr/light//").url()).isEqualTo(URI.create("https://nvr/light"));
        assertThat(new RecorderAccess(URI.create("http://nvr"), Optional.empty(), Optional.of(" key\n")).apiKey())
                .hasValue("key");
        assertThat(new RecorderAccess(URI.create("http://nvr"), Optional.empty(), Optional.of(" ")).hasCredentials())
                .isFalse();
    }

    @Test
    void refusesWhatIsNoUrlOfARecorder() {
        String noHost = "The recorder's URL must be http://host or https://host";
        String more = "The recorder's URL must not contain a user, a query or a fragment";

        assertThatThrownBy(() -> access("ftp://nvr")).hasMessage(noHost);
        assertThatThrownBy(() -> access("nvr:8080")).hasMessage(noHost);
        assertThatThrownBy(() -> access("http:///x")).hasMessage(noHost);
        assertThatThrownBy(() -> access("http://joe:hunter2@nvr")).hasMessage(more);
        assertThatThrownBy(() -> access("http://nvr?x")).hasMessage(more);
        assertThatThrownBy(() -> access("http://nvr#x")).hasMessage(more);
    }

    private static RecorderAccess access(String url) {
        return new RecorderAccess(URI.create(url), Optional.empty(), Optional.empty());
    }
}
