package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.config.RecorderEntry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecorderLogTest {

    private static final String LINE = "2026-11-29 07:01:35.123 WARN RecorderLogin - Tür: check nvr.url";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream log = new PrintStream(new RecorderLog(out), true, StandardCharsets.UTF_8);

    private RecorderThreads threads() throws Exception {
        Configuration configuration =
                ConfigurationReader.defaults("http://barn").configuration();
        return new RecorderThreads(
                new RecorderEntry("barn", "recorders[1]", false, Optional.of(configuration), List.of()));
    }

    private String logged() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void namesTheRecorderForWhichAThreadWorks() throws Exception {
        threads().call(() -> {
            log.println(LINE);
            return true;
        });

        assertThat(logged())
                .isEqualTo("2026-11-29 07:01:35.123 WARN RecorderLogin - [barn] Tür: check recorders[1].url\n");
    }

    @Test
    void namesItForThreadsThatSuchAThreadStarts() throws Exception {
        threads().call(() -> {
            Thread thread = new Thread(() -> log.println(LINE));
            thread.start();
            thread.join();
            return true;
        });

        assertThat(logged()).contains(" - [barn] ");
    }

    @Test
    void leavesWhatOthersLogAndWhatIsNoLineOfTheLog() throws Exception {
        log.println(LINE);
        threads().call(() -> {
            log.println("\tat java.lang.Thread.run");
            return true;
        });

        assertThat(logged()).isEqualTo(LINE + "\n\tat java.lang.Thread.run\n");
    }
}
