package io.lightnvr.mqtt.web;

import static io.lightnvr.mqtt.web.FakeBridge.DOOR;
import static io.lightnvr.mqtt.web.FakeBridge.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus;
import io.lightnvr.mqtt.status.StreamStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {

    /** What Prometheus takes: only these escapes, and anything else but a quote or a line's end. */
    private static final String VALUE = "\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"";

    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=" + VALUE);
    private static final Pattern SAMPLE = Pattern.compile("([a-z_:][a-z0-9_:]*)(?:\\{(" + LABEL.pattern() + "(?:,"
            + LABEL.pattern() + ")*)})? ([-+]?(?:\\d+(?:\\.\\d+)?(?:E-?\\d+)?|Inf|NaN))");

    private static final Pattern HEAD = Pattern.compile("# (HELP|TYPE) ([a-z_:][a-z0-9_:]*) (.+)");

    @TempDir
    private Path folder;

    private final FakeBridge bridge = new FakeBridge();

    private String text() {
        return new Metrics(List.of(bridge.watched(bridge.history(folder))), bridge.clock).text();
    }

    /** Parses as strictly as Prometheus does; the samples by their name and labels. */
    private static Map<String, Double> parsed(String text) {
        Map<String, Double> samples = new LinkedHashMap<>();
        Set<String> described = new HashSet<>();
        String current = "";
        assertThat(text).endsWith("\n");
        for (String line : text.split("\n")) {
            Matcher head = HEAD.matcher(line);
            if (head.matches()) {
                current = head.group(2);
                assertThat(described.add(head.group(1) + current)).as(line).isTrue();
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            assertThat(sample.group(1)).as(line).startsWith(current);
            StringBuilder key = new StringBuilder(sample.group(1));
            if (sample.group(2) != null) {
                for (MatchResult label :
                        LABEL.matcher(sample.group(2)).results().toList()) {
                    key.append(' ').append(label.group(1)).append('=').append(unescaped(label.group(2)));
                }
            }
            assertThat(samples.put(key.toString(), Double.valueOf(sample.group(sample.groupCount()))))
                    .as("another " + key)
                    .isNull();
        }
        return samples;
    }

    private static String unescaped(String value) {
        return Pattern.compile("\\\\(.)")
                .matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1).equals("n") ? "\n" : found.group(1)));
    }

    private void detect(StreamName stream, String label) {
        bridge.board.seen(List.of(
                new DetectionEvent(stream, 1, List.of(new Detection(label, 0.5f, Box.whole(), "", "", 1)), NOW)));
    }

    @Test
    void countsFromZero() {
        Map<String, Double> samples = parsed(text());

        assertThat(samples)
                .containsEntry("lightnvr_events_total", 0.0)
                .containsEntry("lightnvr_visits_total", 0.0)
                .containsEntry("lightnvr_published_total", 0.0)
                .containsEntry("lightnvr_missed_total", 0.0)
                .containsEntry("lightnvr_dropped_total", 0.0)
                .containsEntry("lightnvr_refused_total", 0.0)
                .containsEntry("lightnvr_waiting", 0.0)
                .containsEntry("lightnvr_oldest_waiting_seconds", 0.0)
                .containsEntry("lightnvr_streams", 0.0)
                .containsEntry("lightnvr_delivery_seconds_count", 0.0)
                .containsEntry("lightnvr_build_info version=0.3.0", 1.0)
                .containsEntry("lightnvr_start_time_seconds", NOW.getEpochSecond() + 0.0)
                .containsKeys("jvm_memory_used_bytes area=heap", "jvm_memory_max_bytes area=heap");
    }

    @Test
    void tellsWhatWasCounted() {
        detect(DOOR, "person");
        detect(DOOR, "person");
        bridge.board.visit();
        bridge.board.missed(7);
        bridge.board.refused();
        bridge.waiting = new PageBackend.Waiting(5, Optional.of(NOW.minusMillis(1_500)), 4);
        bridge.hasStreams(new StreamStatus.Camera(DOOR, true, false, List.of()));

        assertThat(parsed(text()))
                .containsEntry("lightnvr_events_total", 2.0)
                .containsEntry("lightnvr_detections_total stream=Front Door label=person", 2.0)
                .containsEntry("lightnvr_visits_total", 1.0)
                .containsEntry("lightnvr_missed_total", 7.0)
                .containsEntry("lightnvr_dropped_total", 4.0)
                .containsEntry("lightnvr_refused_total", 1.0)
                .containsEntry("lightnvr_waiting", 5.0)
                .containsEntry("lightnvr_oldest_waiting_seconds", 1.5)
                .containsEntry("lightnvr_streams", 1.0)
                .containsEntry("lightnvr_stream_online stream=Front Door", 1.0);
    }

    @Test
    void nothingWaitsSinceAfterNow() {
        bridge.waiting = new PageBackend.Waiting(1, Optional.of(NOW.plusSeconds(60)), 0);

        assertThat(parsed(text())).containsEntry("lightnvr_oldest_waiting_seconds", 0.0);
    }

    @Test
    void theHistogramGrowsToTheCountOfAll() {
        bridge.board.published(Duration.ofNanos(1));
        bridge.board.published(Duration.ofMillis(2));
        bridge.board.published(Duration.ofHours(2));

        Map<String, Double> samples = parsed(text());

        assertThat(samples)
                .containsEntry("lightnvr_delivery_seconds_bucket le=0.001", 1.0)
                .containsEntry("lightnvr_delivery_seconds_bucket le=0.002", 2.0)
                .containsEntry("lightnvr_delivery_seconds_bucket le=3600", 2.0)
                .containsEntry("lightnvr_delivery_seconds_bucket le=+Inf", 3.0)
                .containsEntry("lightnvr_delivery_seconds_count", 3.0);
        assertThat(samples.get("lightnvr_delivery_seconds_sum")).isBetween(7_200.0, 7_200.01);
        assertThat(samples.entrySet().stream()
                        .filter(sample -> sample.getKey().startsWith("lightnvr_delivery_seconds_bucket"))
                        .map(Map.Entry::getValue))
                .isSorted();
    }

    @Test
    void tellsOfTheNeighboursThatTheBridgeConnectsTo() {
        bridge.live.part(Part.RECORDER, PartStatus.Condition.ONLINE, "");
        bridge.live.part(Part.BROKER, PartStatus.Condition.OFFLINE, "away");
        bridge.live.part(Part.HOME_ASSISTANT, PartStatus.Condition.ABSENT, "");
        bridge.live.part(Part.SUPERVISOR, PartStatus.Condition.ONLINE, "");

        assertThat(parsed(text()))
                .containsEntry("lightnvr_connected part=recorder", 1.0)
                .containsEntry("lightnvr_connected part=broker", 0.0)
                .doesNotContainKeys("lightnvr_connected part=home_assistant", "lightnvr_connected part=supervisor");
    }

    @Test
    void bearsHostileNames() {
        List<String> hostile = List.of(
                "a\"} 7\nlightnvr_events_total 9",
                "\\",
                "\\n",
                "\n",
                "\"",
                "\r",
                "\u0000",
                "\u2028",
                "# HELP x y",
                "{}=,");
        for (String name : hostile) {
            detect(new StreamName(name), name);
        }

        Map<String, Double> samples = parsed(text());

        assertThat(samples).containsEntry("lightnvr_events_total", (double) hostile.size());
        for (String name : hostile) {
            assertThat(samples).containsEntry("lightnvr_detections_total stream=" + name + " label=" + name, 1.0);
        }
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text())).isTrue();
    }
}
