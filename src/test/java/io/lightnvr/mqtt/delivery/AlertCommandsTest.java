package io.lightnvr.mqtt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.CapturedLog;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.visit.Alerts;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users, and whoever else may write there, say about alerts. */
class AlertCommandsTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final List<String> taken = new ArrayList<>();
    private final AlertCommands commands = new AlertCommands(
            new TopicLayout("lightnvr"),
            filter -> {},
            (key, command) -> taken.add(key + " " + command.apply(Alerts.ON).off()),
            Clock.fixed(NOON, ZoneOffset.UTC),
            0);

    @Test
    void takesACommandAtOnce() {
        say("door", "OFF", 0);
        commands.refresh(0);

        assertThat(taken).containsExactly("door true");
        assertThat(commands.waitNanos(0)).isEmpty();
    }

    @Test
    void takesTheNewestOfAFlood() {
        for (int i = 0; i < 1_000; i++) {
            say("door", i % 2 == 0 ? "ON" : "OFF", i * MILLI);
            commands.refresh(i * MILLI);
        }
        commands.refresh(1_000 * MILLI);

        assertThat(taken).hasSizeLessThanOrEqualTo(6).last().isEqualTo("door true");
    }

    @Test
    void keepsABoundedNumberOfTopics() {
        commands.refresh(0);
        for (int i = 0; i < 5_000; i++) {
            say("door" + i, "OFF", 0);
        }
        commands.refresh(0);

        assertThat(taken).hasSize(1_000);
    }

    @Test
    void saysNowAndThenWhatItDoesNotUnderstand() {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 1_000; i++) {
                say("door", "O\u001b[2JFF\n forged", i * MILLI);
            }

            assertThat(log.lines()).singleElement().asString().contains("Ignoring \"O?[2JFF? forged\"");
        }
        assertThat(taken).isEmpty();
    }

    private void say(String key, String text, long now) {
        commands.received(
                new Topic("lightnvr/alerts/" + key + "/set"), text.getBytes(StandardCharsets.UTF_8), false, now);
    }
}
