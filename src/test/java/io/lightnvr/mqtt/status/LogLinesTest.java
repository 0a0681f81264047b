package io.lightnvr.mqtt.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLinesTest {

    private final LogLines lines = new LogLines();

    @Test
    void keepsTheLastHundred() {
        for (int line = 1; line <= 101; line++) {
            lines.add(new LogLines.Line("", "INFO", Integer.toString(line)));
        }

        assertThat(lines.last()).hasSize(100);
        assertThat(lines.last().get(0).text()).isEqualTo("2");
    }

    @Test
    void tellsEachToThoseWhoFollow() {
        List<LogLines.Line> told = new ArrayList<>();
        lines.follow(told::add);
        LogLines.Line line = new LogLines.Line("2026-11-29 08:00:00.000", "WARN", "The broker is away");

        lines.add(line);

        assertThat(told).containsExactly(line);
    }
}
