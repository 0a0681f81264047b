package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalTimeTextTest {

    @Test
    void readsWhatTheRecorderWrites() {
        assertThat(LocalTimeText.read("2026-11-22 12:57:45")).hasValue(LocalDateTime.of(2026, 11, 22, 12, 57, 45));
        assertThat(LocalTimeText.read("1969-12-31 23:59:59")).hasValue(LocalDateTime.of(1969, 12, 31, 23, 59, 59));
        assertThat(LocalTimeText.read("2028-02-29 00:00:00")).hasValue(LocalDateTime.of(2028, 2, 29, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-22T12:57:45",
                "2026-11-22 12:57:45Z",
                "2026-11-22 12:57",
                "+026-11-22 12:57:45",
                "2026-1 -22 12:57:45",
                "2026-13-22 12:57:45",
                "2026-02-30 12:57:45",
                "2026-11-22 24:00:00",
                "2026-11-22 12:60:00",
                "\u0662026-11-22 12:57:4",
                "202\u0666-11-22 12:57:45",
                "1968-12-31 23:59:59",
                "2107-01-01 00:00:00"
            })
    void readsNothingElse(String text) {
        assertThat(LocalTimeText.read(text)).isEmpty();
    }
}
